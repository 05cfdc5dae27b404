namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>The operator cidr.</summary>
public sealed class AddressTests
{
    [TestCase("""{"ip":[{"cidr":"10.0.0.0/24"}]}""", """{"ip":"10.0.0.33"}""", true)]
    [TestCase("""{"ip":[{"cidr":"10.0.0.0/24"}]}""", """{"ip":"10.0.0.255"}""", true)]
    [TestCase("""{"ip":[{"cidr":"10.0.0.0/24"}]}""", """{"ip":"10.0.1.0"}""", false)]
    [TestCase("""{"ip":[{"cidr":"10.0.0.0/24"}]}""", """{"ip":"11.0.0.1"}""", false)]
    [TestCase("""{"ip":[{"cidr":"10.0.0.0/8"}]}""", """{"ip":"10.255.1.2"}""", true)]
    [TestCase("""{"ip":[{"cidr":"10.0.0.0/8"}]}""", """{"ip":"11.0.0.0"}""", false)]
    [TestCase("""{"ip":[{"cidr":"0.0.0.0/0"}]}""", """{"ip":"255.255.255.255"}""", true)]
    [TestCase("""{"ip":[{"cidr":"10.0.0.77/24"}]}""", """{"ip":"10.0.0.1"}""", true)]
    [TestCase("""{"ip":[{"cidr":"10.0.0.0/31"}]}""", """{"ip":"10.0.0.1"}""", true)]
    [TestCase("""{"ip":[{"cidr":"10.0.0.0/31"}]}""", """{"ip":"10.0.0.2"}""", false)]
    [TestCase("""{"ip":[{"cidr":"10.0.0.128/25"}]}""", """{"ip":"10.0.0.127"}""", false)]
    [TestCase("""{"ip":[{"cidr":"10.0.0.128/25"}]}""", """{"ip":"10.0.0.128"}""", true)]
    [TestCase("""{"ip":[{"cidr":"172.16.0.0/12"}]}""", """{"ip":"172.31.255.255"}""", true)]
    [TestCase("""{"ip":[{"cidr":"172.16.0.0/12"}]}""", """{"ip":"172.32.0.0"}""", false)]
    public void Matches_Cidr_ComparesIPv4Addresses(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"ip":[{"cidr":"2001:db8::/32"}]}""", """{"ip":"2001:db8::ff00:42:8329"}""", true)]
    [TestCase("""{"ip":[{"cidr":"2001:db8::/32"}]}""", """{"ip":"2001:0DB8:0:0:0:0:0:1"}""", true)]
    [TestCase("""{"ip":[{"cidr":"2001:db8::/32"}]}""", """{"ip":"2001:db9::1"}""", false)]
    [TestCase("""{"ip":[{"cidr":"::/0"}]}""", """{"ip":"::1"}""", true)]
    [TestCase("""{"ip":[{"cidr":"2400:6500:FF00::36FB:1F80/122"}]}""", """{"ip":"2400:6500:ff00::36fb:1fbf"}""", true)]
    [TestCase("""{"ip":[{"cidr":"2400:6500:FF00::36FB:1F80/122"}]}""", """{"ip":"2400:6500:ff00::36fb:1fc0"}""", false)]
    [TestCase("""{"ip":[{"cidr":"::/0"}]}""", """{"ip":"10.0.0.1"}""", false)]
    [TestCase("""{"ip":[{"cidr":"0.0.0.0/0"}]}""", """{"ip":"::1"}""", false)]
    public void Matches_Cidr_ComparesIPv6Addresses(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"ip":[{"cidr":"0.0.0.0/0"}]}""", """{"ip":"700.168.0.1"}""", false)]
    [TestCase("""{"ip":[{"cidr":"0.0.0.0/0"}]}""", """{"ip":"10.10.10.10.10"}""", false)]
    [TestCase("""{"ip":[{"cidr":"0.0.0.0/0"}]}""", """{"ip":"1"}""", false)]
    [TestCase("""{"ip":[{"cidr":"0.0.0.0/0"}]}""", """{"ip":"0x7f.1"}""", false)]
    [TestCase("""{"ip":[{"cidr":"0.0.0.0/0"}]}""", """{"ip":""}""", false)]
    [TestCase("""{"ip":[{"cidr":"0.0.0.0/0"}]}""", """{"ip":"host"}""", false)]
    [TestCase("""{"ip":[{"cidr":"0.0.0.0/0"}]}""", """{"ip":"10.0.0.1/24"}""", false)]
    [TestCase("""{"ip":[{"cidr":"0.0.0.0/0"}]}""", """{"ip":" 10.0.0.1"}""", false)]
    [TestCase("""{"ip":[{"cidr":"0.0.0.0/0"}]}""", """{"ip":10}""", false)]
    [TestCase("""{"ip":[{"cidr":"0.0.0.0/0"}]}""", """{"ip":null}""", false)]
    [TestCase("""{"ip":[{"cidr":"::/0"}]}""", """{"ip":"fe80::1%eth0"}""", false)]
    [TestCase("""{"ip":[{"cidr":"::/0"}]}""", """{"ip":"2400:6500:3:3:3:3:3:3:3:3FF00::36FB:1F80"}""", false)]
    [TestCase("""{"ip":[{"cidr":"::/0"}]}""", """{"ip":":"}""", false)]
    [TestCase("""{"ip":[{"cidr":"10.0.0.0/24"}]}""", """{"ip":["x","10.0.0.7"]}""", true)]
    public void Matches_CidrAgainstOtherTexts_DoesNotMatch(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);
}
