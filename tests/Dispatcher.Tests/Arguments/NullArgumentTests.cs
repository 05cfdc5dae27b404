using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Dispatcher.Hosting;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Arguments;

/// <summary>A null for an argument that may not be null is refused at once, with the name of the parameter.</summary>
public sealed class NullArgumentTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The interfaces that a job or a host calls and that internal classes implement.</summary>
    private static readonly Type[] Called = [typeof(IChangeGate), typeof(IJobDispatcher)];

    /// <summary>The types whose constructors store what the container, an attribute or a thrower gives them.</summary>
    private static readonly Type[] Constructed =
    [
        typeof(Exception), typeof(Attribute), typeof(JobCatalog), typeof(JobRequestReader), typeof(FailureClassifier),
        typeof(DispatcherJsonContext), typeof(FixedValues), typeof(FirstAnswerLimit),
    ];

    /// <summary>
    /// The members that only pass on, store or compare what they get. Each new member has its check, or a place here. A name alone stands
    /// for all parameters.
    /// </summary>
    private static readonly HashSet<string> Unchecked =
    [
        // Texts of results and errors.
        "ChangeOutcome.Skipped", "ChangeOutcome.Failed", "ChangeOutcome.Unknown", "DryRunGuard.Refuse", "JobResult.Skipped",
        "JobResult.Failed", "Quantity.Count", "PayloadText.Shorten",

        // Names that are looked up or compared.
        "FixedValues.Pick", "FixedValues.Keep", "FixedValues.Join", "RunRecord.Count", "PayloadText.TryGetProperty",
        "PayloadText.TryGetPropertyIgnoringCase", "FirstAnswerLimit.GetRemaining", "FirstAnswerLimit.IsSpent",
        "FirstAnswerLimit.NoteAnswer", "JobCatalog.Describe", "JobRegistry.TryFind", "JobRegistry.Get", "JobRegistry.DescribeMissing",
        "RunQuery.Includes", "SpellingSuggester.Find", "SpellingSuggester.DidYouMean",

        // Declarations, which the validation of the deployment checks as a whole.
        "JobDeployment.Event(source)", "JobDeployment.Event(detailType)", "JobDeployment.Share(name)", "JobDeployment.Parameter",
        "JobDeployment.Setting", "JobDeployment.SettingText", "JobDeployment.SettingPart", "JobDeployment.Require",
        "JobDeployment.Condition", "JobDeployment.Layer", "JobDeployment.Allow(resource)", "JobPermission..ctor(resource)",
        "JobOptions.FixParameters",

        // Null is an answer, or the core itself makes the collection.
        "FailureClassifier.IsAnswerLost", "DeadlineOptions.Validate", "ProblemList.InsertItem", "GivenParameter.Digest",
        "LeaseHolders.Combine",
    ];

    [TestCaseSource(nameof(Parameters))]
    public async Task Call_WithNull_NamesTheParameter(MethodBase method, ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(parameter);
        var arguments = method.GetParameters()
            .Select(other => other.Position == parameter.Position ? null : SampleArguments.Create(other.ParameterType)).ToArray();

        ArgumentNullException? refusal = null;
        try
        {
            await InvokeAsync(method, arguments);
        }
        catch (ArgumentNullException exception)
        {
            refusal = exception;
        }

        Assert.That(refusal?.ParamName, Is.EqualTo(parameter.Name));
    }

    [Test]
    public void Unchecked_EachName_IsThatOfAMember() => Assert.That(
        Unchecked,
        Is.SubsetOf(AllParameters().SelectMany(static pair => new[] { Name(pair.Method), Name(pair.Method, pair.Parameter) })));

    private static IEnumerable<TestCaseData> Parameters() =>
        from pair in AllParameters()
        let method = pair.Method
        where !Unchecked.Contains(Name(method)) && !Unchecked.Contains(Name(method, pair.Parameter))
        let types = string.Join(", ", method.GetParameters().Select(static parameter => Name(parameter.ParameterType)))
        select new TestCaseData(method, pair.Parameter).SetArgDisplayNames($"{Name(method)}({types})", pair.Parameter.Name!);

    private static IEnumerable<(MethodBase Method, ParameterInfo Parameter)> AllParameters() =>
        from type in typeof(JobRequest).Assembly.GetTypes()
        from method in Callable(type.IsVisible && type.IsClass ? SampleArguments.Close(type) : type)
        from parameter in method.GetParameters()
        where MustNotBeNull(parameter)
        select (method, parameter);

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;

    private static string Name(MethodBase method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static string Name(MethodBase method, ParameterInfo parameter) => $"{Name(method)}({parameter.Name})";

    private static async Task InvokeAsync(MethodBase method, object?[] arguments)
    {
        try
        {
            var result = method is ConstructorInfo constructor
                ? constructor.Invoke(arguments)
                : method.Invoke(method.IsStatic ? null : Target(method.DeclaringType!), arguments);
            if (result is Task task)
            {
                await task;
            }
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
        }
    }

    private static object Target(Type type)
    {
        if (type.IsAbstract)
        {
            return type == typeof(JobContext) ? TestRun.Run() : new SampleJob();
        }

        return type.GetConstructor([]) is { } constructor ? constructor.Invoke(null) : RuntimeHelpers.GetUninitializedObject(type);
    }

    private static IEnumerable<MethodBase> Callable(Type type)
    {
        if (!type.IsVisible || type.IsInterface || type.IsAssignableTo(typeof(Delegate)))
        {
            return type is { IsClass: true, IsVisible: false }
                ? Called.Where(type.IsAssignableTo).SelectMany(called => type.GetInterfaceMap(called).TargetMethods)
                : [];
        }

        var methods = type.GetMethods(Declared).Where(static method => IsForCallers(method)).Select(SampleArguments.Close);
        return HasCheckedConstructors(type) ? [.. type.GetConstructors(), .. methods] : methods;
    }

    private static bool IsForCallers(MethodInfo method) =>
        (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
        && !method.IsAbstract && !method.IsSpecialName && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    /// <summary>
    /// Determines whether a caller's constructor checks. Records are data, an exception may be without a message, and the container calls
    /// the constructors of services.
    /// </summary>
    private static bool HasCheckedConstructors(Type type) =>
        type is { IsAbstract: false, IsValueType: false } && type.GetMethod("<Clone>$") is null
        && !Array.Exists(Constructed, type.IsAssignableTo);

    private static bool MustNotBeNull(ParameterInfo parameter) =>
        !parameter.ParameterType.IsValueType && !parameter.ParameterType.IsByRef && !parameter.ParameterType.IsPointer
        && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.NotNull;
}
