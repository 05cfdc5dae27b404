namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>What EventBridge refuses is refused, with the field and the remedy.</summary>
public sealed class RefusedPatternTests
{
    [TestCase("""[]""", "The pattern must be a JSON object. Write {\"source\":[\"…\"],\"detail\":{\"status\":[\"success\"]}}.")]
    [TestCase(""" "x" """, "The pattern must be a JSON object.")]
    [TestCase("""null""", "The pattern must be a JSON object.")]
    [TestCase("""{}""", "The pattern is an empty object. Name a field with its alternatives, or leave it out.")]
    [TestCase("""{"detail":{}}""", "detail is an empty object.")]
    [TestCase("""{"a":{"b":{}}}""", "a.b is an empty object.")]
    [TestCase("""{"a":[]}""", "a must be a list of alternatives, such as [\"success\"], but is [].")]
    [TestCase("""{"a":{"b":[]}}""", "a.b must be a list of alternatives, such as [\"success\"], but is [].")]
    [TestCase("""{"state":"done"}""", "state must be a list of alternatives, such as [\"success\"], but is \"done\".")]
    [TestCase("""{"a":1}""", "a must be a list of alternatives")]
    [TestCase("""{"a":null}""", "a must be a list of alternatives")]
    [TestCase("""{"a":true}""", "a must be a list of alternatives")]
    [TestCase("""{"a":[["b"]]}""", "a holds [\"b\"]: a list in a list is not an alternative. Write its values into the outer list.")]
    [TestCase("""{"a":[[]]}""", "a holds []: a list in a list")]
    [TestCase("""{"a":["x"],"a":["y"]}""", "a is given twice, and EventBridge uses only the last one. Give it once, with all alternatives")]
    [TestCase("""{"a":{"b":["x"]},"a":{"c":["y"]}}""", "a is given twice")]
    [TestCase("""{"a":{"b":["x"]},"a.b":["y"]}""", "a.b is given twice")]
    [TestCase("""{"a":["x"],"$or":[{"a":["y"]},{"b":["z"]}]}""", "a is given twice")]
    [TestCase("""{"a":["\ud800"]}""", "The pattern holds half of a surrogate pair")]
    [TestCase("""{"\ud800":["x"]}""", "The pattern holds half of a surrogate pair")]
    public void Parse_WrongStructure_NamesTheFieldAndTheRemedy(string pattern, string problem) => Refuses(pattern, problem);

    [TestCase("""{"a":[{}]}""", "a holds {}: an alternative has one operator.")]
    [TestCase("""{"a":[{"prefix":"a","suffix":"b"}]}""", "a holds {\"prefix\":\"a\",\"suffix\":\"b\"}: an alternative has one operator.")]
    [TestCase("""{"a":[{"prefix":"a","prefix":"b"}]}""", "a holds {\"prefix\":\"a\",\"prefix\":\"b\"}: an alternative has one operator.")]
    [TestCase(
        """{"a":[{"sufix":"b"}]}""",
        "a holds {\"sufix\":\"b\"}: 'sufix' is not an operator. Did you mean 'suffix'? Operators: prefix, suffix, equals-ignore-case, "
            + "wildcard, anything-but, numeric, cidr, exists.")]
    [TestCase("""{"a":[{"regex":"b"}]}""", "a holds {\"regex\":\"b\"}: 'regex' is not an operator.")]
    [TestCase("""{"a":[{"Prefix":"b"}]}""", "a holds {\"Prefix\":\"b\"}: 'Prefix' is not an operator. Did you mean 'prefix'?")]
    [TestCase("""{"a":[{"b":["x"]}]}""", "a holds {\"b\":[\"x\"]}: 'b' is not an operator.")]
    [TestCase(
        """{"a":[{"prefix":1}]}""",
        "a holds {\"prefix\":1}: prefix takes a text, or {\"equals-ignore-case\":\"a\"}. Write {\"prefix\":\"a\"}.")]
    [TestCase("""{"a":[{"prefix":["x"]}]}""", "a holds {\"prefix\":[\"x\"]}: prefix takes a text")]
    [TestCase("""{"a":[{"prefix":{"suffix":"x"}}]}""", "a holds {\"prefix\":{\"suffix\":\"x\"}}: prefix takes a text")]
    [TestCase("""{"a":[{"suffix":{"equals-ignore-case":1}}]}""", "a holds {\"suffix\":{\"equals-ignore-case\":1}}: suffix takes a text")]
    [TestCase("""{"a":[{"suffix":null}]}""", "a holds {\"suffix\":null}: suffix takes a text")]
    [TestCase(
        """{"a":[{"equals-ignore-case":["x"]}]}""",
        "a holds {\"equals-ignore-case\":[\"x\"]}: equals-ignore-case takes a text. Write {\"equals-ignore-case\":\"a\"}.")]
    [TestCase("""{"a":[{"exactly":1}]}""", "a holds {\"exactly\":1}: exactly takes a text.")]
    [TestCase(
        """{"a":[{"exists":"false"}]}""",
        "a holds {\"exists\":\"false\"}: exists takes true or false. Write {\"exists\":true}, without quotes around true.")]
    [TestCase("""{"a":[{"exists":null}]}""", "a holds {\"exists\":null}: exists takes true or false.")]
    [TestCase("""{"a":[{"exists":[true]}]}""", "a holds {\"exists\":[true]}: exists takes true or false.")]
    public void Parse_WrongOperator_NamesTheFieldAndTheRemedy(string pattern, string problem) => Refuses(pattern, problem);

    [TestCase("""{"a":[{"wildcard":"a**b"}]}""", "a holds {\"wildcard\":\"a**b\"}: there are two wildcards in a row at position 2.")]
    [TestCase("""{"a":[{"wildcard":"a\\b"}]}""", "a holds {\"wildcard\":\"a\\\\b\"}: the backslash at position 2 escapes neither")]
    [TestCase("""{"a":[{"wildcard":"a\\"}]}""", "a holds {\"wildcard\":\"a\\\\\"}: the backslash at position 2")]
    [TestCase("""{"a":[{"wildcard":1}]}""", "a holds {\"wildcard\":1}: wildcard takes a text. Write {\"wildcard\":\"a\"}.")]
    [TestCase("""{"a":[{"wildcard":["a*"]}]}""", "a holds {\"wildcard\":[\"a*\"]}: wildcard takes a text.")]
    [TestCase("""{"a":[{"cidr":"10.0.0.0"}]}""", "a holds {\"cidr\":\"10.0.0.0\"}: cidr takes an IPv4 or IPv6 address and the bits")]
    [TestCase("""{"a":[{"cidr":"foo/bar/baz"}]}""", "a holds {\"cidr\":\"foo/bar/baz\"}: cidr takes an IPv4 or IPv6 address")]
    [TestCase("""{"a":[{"cidr":"192.168.0.1/foo"}]}""", "a holds {\"cidr\":\"192.168.0.1/foo\"}: cidr takes")]
    [TestCase("""{"a":[{"cidr":"192.168.0.1/-1"}]}""", "a holds {\"cidr\":\"192.168.0.1/-1\"}: cidr takes")]
    [TestCase("""{"a":[{"cidr":"snorkle/3"}]}""", "a holds {\"cidr\":\"snorkle/3\"}: cidr takes")]
    [TestCase("""{"a":[{"cidr":"10.10.10.10.10/3"}]}""", "a holds {\"cidr\":\"10.10.10.10.10/3\"}: cidr takes")]
    [TestCase("""{"a":[{"cidr":"256.0.0.0/3"}]}""", "a holds {\"cidr\":\"256.0.0.0/3\"}: cidr takes")]
    [TestCase("""{"a":[{"cidr":"192.168.0.1/33"}]}""", "a holds {\"cidr\":\"192.168.0.1/33\"}: the network has 33 bits")]
    [TestCase(
        """{"a":[{"cidr":"192.168.0.1/32"}]}""",
        "a holds {\"cidr\":\"192.168.0.1/32\"}: the network has 32 bits, and EventBridge accepts at most 31. For one address write the "
            + "address itself as text, \"192.168.0.1\".")]
    [TestCase(
        """{"a":[{"cidr":"2400:6500:FF00::36FB:1F80/222"}]}""",
        "a holds {\"cidr\":\"2400:6500:FF00::36FB:1F80/222\"}: the network has 222")]
    [TestCase("""{"a":[{"cidr":"2400:6500:3:3:-5::/12"}]}""", "a holds {\"cidr\":\"2400:6500:3:3:-5::/12\"}: cidr takes")]
    [TestCase(
        """{"a":[{"cidr":["10.0.0.0/8"]}]}""",
        "a holds {\"cidr\":[\"10.0.0.0/8\"]}: cidr takes a text. Write {\"cidr\":\"10.0.0.0/24\"}.")]
    public void Parse_WrongWildcardOrCidr_NamesTheFieldAndTheRemedy(string pattern, string problem) => Refuses(pattern, problem);

    [TestCase("""{"$or":[{"a":["x"]}]}""", "$or must be a list of at least two objects that name fields, but is [{\"a\":[\"x\"]}]. Put")]
    [TestCase("""{"$or":[]}""", "$or must be a list of alternatives")]
    [TestCase("""{"$or":"x"}""", "$or must be a list of alternatives")]
    [TestCase("""{"detail":{"$or":[{"a":["x"]},["y"]]}}""", "detail.$or must be a list of at least two objects")]
    [TestCase("""{"$or":[{"a":["x"]},"y"]}""", "$or must be a list of at least two objects")]
    [TestCase("""{"$or":[{"a":["x"]},{}]}""", "The pattern is an empty object.")]
    [TestCase("""{"$or":[{"a":"x"},{"b":["y"]}]}""", "a must be a list of alternatives")]
    [TestCase(
        """{"$or":[{"a":{"prefix":["x"]}},{"b":["y"]}]}""",
        "a.prefix cannot be a field inside $or: 'prefix' is the name of an operator. Move it out of $or.")]
    [TestCase("""{"$or":[{"a":{"in-date-range":["x"]}},{"b":["y"]}]}""", "a.in-date-range cannot be a field inside $or")]
    [TestCase(
        """{"$or":[{"a":["x"]},{"$or":{"b":["y"]}}]}""",
        "$or is an alternative of fields in one place and the name of a field in another: {\"b\":[\"y\"]}. Give each $or a list")]
    public void Parse_WrongOr_NamesTheFieldAndTheRemedy(string pattern, string problem) => Refuses(pattern, problem);

    [Test]
    public void Parse_OrWithMoreThanAThousandCombinations_IsRefused()
    {
        static string Ors(int count) => string.Join(',', Enumerable.Range(0, count).Select(static or =>
            $$"""
            "f{{or}}":{"$or":[{{string.Join(',', Enumerable.Range(0, 10).Select(static field => $$"""{"g{{field}}":["x"]}"""))}}]}
            """));

        Refuses($"{{{Ors(4)}}}", "The pattern has more than 1000 combinations of the alternatives of its $or. Merge alternatives");
        Refuses($"{{{Ors(40)}}}", "The pattern has more than 1000 combinations");
        Assert.That(PatternCheck.Compile($"{{{Ors(3)}}}", out _), Is.Not.Null);
    }

    [Test]
    public void Parse_SeveralProblems_NamesAll()
    {
        PatternCheck.Compile("""{"a":"x","b":[{"prefix":1},{"exists":1},"fine"],"c":{}}""", out var problems);

        Assert.That(problems, Has.Count.EqualTo(4));
    }

    private static void Refuses(string pattern, string problem)
    {
        var compiled = PatternCheck.Compile(pattern, out var problems);

        Assert.That(compiled, Is.Null);
        Assert.That(problems, Has.Count.EqualTo(1).And.One.StartsWith(problem));
    }
}
