namespace Dispatcher.Tests.Deployments;

public sealed class DeploymentParameterTests
{
    private readonly DeploymentParameter _parameter = new("BucketName");

    [Test]
    public void New_NothingIsSet_IsATextWithAnEmptyDefault()
    {
        Assert.That((_parameter.Name, _parameter.Description, _parameter.Default), Is.EqualTo(("BucketName", (string?)null, "")));
        Assert.That((_parameter.IsNumber, _parameter.IsList, _parameter.AllowedValues.Count), Is.EqualTo((false, false, 0)));
    }

    [Test]
    public void Describe_Sentence_IsTheDescription() =>
        Assert.That(_parameter.Describe("The bucket.").Description, Is.EqualTo("The bucket."));

    [Test]
    public void Describe_Empty_Throws() => Assert.That(() => _parameter.Describe(string.Empty), Throws.ArgumentException);

    [TestCase("logs", null)]
    [TestCase(null, "^[a-z]+$")]
    public void Text_DefaultAndPattern_AreThose(string? byDefault, string? pattern)
    {
        _parameter.Text(byDefault, pattern);

        Assert.That((_parameter.Default, _parameter.Pattern, _parameter.IsList), Is.EqualTo((byDefault, pattern, false)));
    }

    [Test]
    public void List_Pattern_IsATextThatIsAList()
    {
        _parameter.List("^[a-z,]*$");

        Assert.That((_parameter.IsList, _parameter.Default, _parameter.Pattern), Is.EqualTo((true, "", "^[a-z,]*$")));
    }

    [Test]
    public void Number_WithLimits_HasThem()
    {
        _parameter.Number(-5, min: -10, max: 10);

        Assert.That(
            (_parameter.IsNumber, _parameter.Default, _parameter.Minimum, _parameter.Maximum), Is.EqualTo((true, "-5", -10L, 10L)));
    }

    [Test]
    public void OneOf_Values_AllowsThemWithTheFirstAsDefault()
    {
        _parameter.OneOf("report", "delete");

        Assert.That(_parameter.Default, Is.EqualTo("report"));
        Assert.That(_parameter.AllowedValues, Is.EqualTo(new[] { "report", "delete" }));
    }

    [Test]
    public void OneOf_NoValue_Throws() => Assert.That(() => _parameter.OneOf(), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static IEnumerable<Action<DeploymentParameter>> Definitions() =>
    [
        static _ => { },
        static parameter => parameter.Describe("The bucket."),
        static parameter => parameter.Text("logs"),
        static parameter => parameter.Text(string.Empty, "^a$"),
        static parameter => parameter.List(),
        static parameter => parameter.Number(1),
        static parameter => parameter.Number(1, min: 1),
        static parameter => parameter.Number(1, max: 1),
        static parameter => parameter.OneOf("1"),
        static parameter => parameter.OneOf("1", "2"),
    ];

    [Test]
    public void HasSameDefinition_EveryPair_OnlyEqualOnesAreTheSame()
    {
        Assert.That(
            from first in Definitions().Index()
            from second in Definitions().Index()
            where Define("A", first.Item).HasSameDefinition(Define("A", second.Item)) != (first.Index == second.Index)
            select (first.Index, second.Index),
            Is.Empty);
        Assert.That(Define("A", static _ => { }).HasSameDefinition(Define("B", static _ => { })), Is.False);
    }

    private static DeploymentParameter Define(string name, Action<DeploymentParameter> define)
    {
        var parameter = new DeploymentParameter(name);
        define(parameter);
        return parameter;
    }
}
