using System.Text.Json;

namespace Dispatcher.Jobs.Celery.Tests;

/// <summary>Each expectation is what CPython 3.11 prints.</summary>
public sealed class PythonLiteralTests
{
    [TestCase("[]", "()")]
    [TestCase("[1]", "(1,)")]
    [TestCase("[1,2]", "(1, 2)")]
    [TestCase("[null,true,false]", "(None, True, False)")]
    [TestCase("""["it's"]""", "(\"it's\",)")]
    [TestCase("""["say \"hi\""]""", "('say \"hi\"',)")]
    [TestCase("""["it's \"x\""]""", "('it\\'s \"x\"',)")]
    [TestCase("""["a\\b\n\r\t\u0000\u001f\u007f"]""", @"('a\\b\n\r\t\x00\x1f\x7f',)")]
    [TestCase("""["Grüße 東京 🎉"]""", "('Grüße 東京 🎉',)")]
    [TestCase("""["\u00a0\u00ad\u2028\ue000\ufeff\udb40\udc01"]""", @"('\xa0\xad\u2028\ue000\ufeff\U000e0001',)")]
    [TestCase("[123456789012345678901234567890]", "(123456789012345678901234567890,)")]
    [TestCase("[-0,-0.0,0.0,1.0]", "(0, -0.0, 0.0, 1.0)")]
    [TestCase("[0.1,100.0,1234.5,-2.5]", "(0.1, 100.0, 1234.5, -2.5)")]
    [TestCase("[1e15,1e16,1e22,1e23]", "(1000000000000000.0, 1e+16, 1e+22, 1e+23)")]
    [TestCase("[0.0001,0.00001,1.5e-7,5e-324]", "(0.0001, 1e-05, 1.5e-07, 5e-324)")]
    [TestCase("[1.7976931348623157e308,123456789.123456789]", "(1.7976931348623157e+308, 123456789.12345679)")]
    [TestCase("""[{"a":[{"b":null}]},[[]]]""", "({'a': [{'b': None}]}, [[]])")]
    public void Tuple_Values_ReadAsPythonPrintsThem(string json, string expected)
    {
        var values = JsonDocument.Parse(json).RootElement.EnumerateArray().ToList();

        Assert.That(PythonLiteral.Tuple(values), Is.EqualTo(expected));
    }

    [Test]
    public void Call_NamesAndValues_ReadAsACall()
    {
        var args = JsonDocument.Parse("""[1,"x"]""").RootElement.EnumerateArray().ToList();
        var kwargs = JsonDocument.Parse("""{"on":true}""").RootElement.EnumerateObject().ToDictionary(
            pair => pair.Name, pair => pair.Value);

        Assert.That(PythonLiteral.Call("a.b", args, kwargs), Is.EqualTo("a.b(1, 'x', on=True)"));
        Assert.That(PythonLiteral.Call("a.b", [], kwargs), Is.EqualTo("a.b(on=True)"));
    }
}
