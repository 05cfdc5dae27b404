namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>The operator numeric.</summary>
public sealed class NumericTests
{
    [TestCase("""{"n":[{"numeric":[">",0,"<=",5]}]}""", """{"n":1}""", true)]
    [TestCase("""{"n":[{"numeric":[">",0,"<=",5]}]}""", """{"n":0}""", false)]
    [TestCase("""{"n":[{"numeric":[">",0,"<=",5]}]}""", """{"n":5}""", true)]
    [TestCase("""{"n":[{"numeric":[">",0,"<=",5]}]}""", """{"n":5.01}""", false)]
    [TestCase("""{"n":[{"numeric":[">",0,"<=",5]}]}""", """{"n":0.0001}""", true)]
    [TestCase("""{"n":[{"numeric":[">=",0,"<",5]}]}""", """{"n":0}""", true)]
    [TestCase("""{"n":[{"numeric":[">=",0,"<",5]}]}""", """{"n":5}""", false)]
    [TestCase("""{"n":[{"numeric":["<",10]}]}""", """{"n":9.99}""", true)]
    [TestCase("""{"n":[{"numeric":["<",10]}]}""", """{"n":10}""", false)]
    [TestCase("""{"n":[{"numeric":["<",10]}]}""", """{"n":-1000}""", true)]
    [TestCase("""{"n":[{"numeric":["<=",10]}]}""", """{"n":10.0}""", true)]
    [TestCase("""{"n":[{"numeric":["<=",10]}]}""", """{"n":10.1}""", false)]
    [TestCase("""{"n":[{"numeric":[">",10]}]}""", """{"n":11}""", true)]
    [TestCase("""{"n":[{"numeric":[">",10]}]}""", """{"n":10}""", false)]
    [TestCase("""{"n":[{"numeric":[">=",10]}]}""", """{"n":1e1}""", true)]
    [TestCase("""{"n":[{"numeric":[">=",10]}]}""", """{"n":9}""", false)]
    [TestCase("""{"n":[{"numeric":["=",3.018e2]}]}""", """{"n":301.8}""", true)]
    [TestCase("""{"n":[{"numeric":["=",3.018e2]}]}""", """{"n":301.80}""", true)]
    [TestCase("""{"n":[{"numeric":["=",3.018e2]}]}""", """{"n":301.9}""", false)]
    [TestCase("""{"n":[{"numeric":["=",100]}]}""", """{"n":100}""", true)]
    [TestCase("""{"n":[{"numeric":["=",300]}]}""", """{"n":3.0e2}""", true)]
    [TestCase("""{"n":[{"numeric":["=",0]}]}""", """{"n":-0.0}""", true)]
    [TestCase("""{"n":[{"numeric":["=",-5.5]}]}""", """{"n":-5.5}""", true)]
    [TestCase("""{"n":[{"numeric":[">",-5,"<",-1]}]}""", """{"n":-3}""", true)]
    [TestCase("""{"n":[{"numeric":[">",-5,"<",-1]}]}""", """{"n":3}""", false)]
    [TestCase("""{"n":[{"numeric":[">=",-5.0e9,"<=",5.0e9]}]}""", """{"n":5000000000}""", true)]
    [TestCase("""{"n":[{"numeric":[">=",-5.0e9,"<=",5.0e9]}]}""", """{"n":5000000000.5}""", false)]
    [TestCase("""{"n":[{"numeric":[">",0.1]}]}""", """{"n":0.10000001}""", true)]
    public void Matches_Numeric_ComparesNumbers(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"n":[{"numeric":[">=",0]}]}""", """{"n":"1"}""", false)]
    [TestCase("""{"n":[{"numeric":[">=",0]}]}""", """{"n":true}""", false)]
    [TestCase("""{"n":[{"numeric":[">=",0]}]}""", """{"n":null}""", false)]
    [TestCase("""{"n":[{"numeric":[">=",0]}]}""", """{"n":{}}""", false)]
    [TestCase("""{"n":[{"numeric":[">=",0]}]}""", """{"n":[]}""", false)]
    [TestCase("""{"n":[{"numeric":[">=",0]}]}""", """{"n":[-1,"x",3]}""", true)]
    [TestCase("""{"n":[{"numeric":[">=",0]}]}""", """{"n":1e400}""", false)]
    [TestCase("""{"n":[{"numeric":["<=",0]}]}""", """{"n":-1e400}""", false)]
    [TestCase("""{"n":[{"numeric":[">=",0]}]}""", """{"n":0.1000000000000000055511151231257827}""", false)]
    [TestCase("""{"n":[{"numeric":[">=",0]}]}""", """{"n":12345678901234567890123}""", false)]
    [TestCase("""{"n":[{"numeric":[">=",0]}]}""", """{"n":1e99999999999999999999}""", false)]
    [TestCase("""{"n":[{"numeric":[">=",0]}]}""", """{"n":[-1,-2]}""", false)]
    [TestCase("""{"n":[{"numeric":["<",0]},{"numeric":[">",10]}]}""", """{"n":11}""", true)]
    [TestCase("""{"n":[{"numeric":["<",0]},{"numeric":[">",10]}]}""", """{"n":5}""", false)]
    public void Matches_NumericAgainstOtherValues_DoesNotMatch(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);
}
