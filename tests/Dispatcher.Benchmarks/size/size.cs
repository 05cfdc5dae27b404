#:package Mono.Cecil
// Counts what each assembly contributes to a native executable: reads the .mstat file that the compiler writes with
// -p:IlcGenerateMstatFile=true. Usage: dotnet run tests/Dispatcher.Benchmarks/size/size.cs FILE.mstat [ASSEMBLY]
// With an assembly, lists its types.
using Mono.Cecil;
using Mono.Cecil.Cil;

var sizes = new Dictionary<string, long>();
var only = args.ElementAtOrDefault(1);
using var statistics = AssemblyDefinition.ReadAssembly(args[0]);
var module = statistics.MainModule.Types.Single(static type => type.Name == "<Module>");
foreach (var method in module.Methods.Where(static method => method.Name is "Methods" or "Types" or "Blobs"))
{
    object? subject = null;
    long size = 0;
    var numbers = 0;
    foreach (var instruction in method.Body.Instructions)
    {
        if (instruction.OpCode == OpCodes.Ldtoken || instruction.OpCode == OpCodes.Ldstr)
        {
            Add(subject, size);
            (subject, size, numbers) = (instruction.Operand, 0, 0);
        }
        else if (Number(instruction) is { } number)
        {
            // The code, the garbage collector's map and the exception tables; the last number is the index of the name.
            size += ++numbers <= (method.Name == "Methods" ? 3 : 1) ? number : 0;
        }
    }

    Add(subject, size);
}

foreach (var (name, size) in sizes.OrderByDescending(static pair => pair.Value).Where(static pair => pair.Value >= 10_000))
{
    Console.WriteLine($"{size,12:N0}  {name}");
}

Console.WriteLine($"{sizes.Values.Sum(),12:N0}  in all");

void Add(object? subject, long size)
{
    var key = subject is string blob ? $"({blob})" : Owner(subject);
    if (key is null)
    {
        return;
    }

    if (only is not null)
    {
        if (key != only)
        {
            return;
        }

        key = Outermost(Declaring(subject)).FullName;
    }

    sizes[key] = sizes.GetValueOrDefault(key) + size;
}

static TypeReference? Declaring(object? subject) => (subject as MethodReference)?.DeclaringType ?? subject as TypeReference;

// A generic type of the framework over a type of a library is there because of the library.
static string? Owner(object? subject) => Parts(subject).Select(static type => type.Scope?.Name).OfType<string>()
    .MinBy(static name => name.Split('.')[0] switch { "Dispatcher" => 0, "System" => 2, _ => 1 });

static IEnumerable<TypeReference> Parts(object? subject) => subject switch
{
    GenericInstanceMethod method => [.. Parts(method.DeclaringType), .. method.GenericArguments.SelectMany(Parts)],
    MethodReference method => Parts(method.DeclaringType),
    GenericInstanceType type => [type.ElementType, .. type.GenericArguments.SelectMany(Parts)],
    TypeSpecification type => Parts(type.ElementType),
    TypeReference type => [type],
    _ => [],
};

static TypeReference Outermost(TypeReference? type)
{
    var outer = type!.GetElementType();
    while (outer.DeclaringType is { } next)
    {
        outer = next;
    }

    return outer;
}

static long? Number(Instruction instruction) => instruction.OpCode.Code switch
{
    Code.Ldc_I4_0 => 0, Code.Ldc_I4_1 => 1, Code.Ldc_I4_2 => 2, Code.Ldc_I4_3 => 3, Code.Ldc_I4_4 => 4,
    Code.Ldc_I4_5 => 5, Code.Ldc_I4_6 => 6, Code.Ldc_I4_7 => 7, Code.Ldc_I4_8 => 8,
    Code.Ldc_I4_S => (sbyte)instruction.Operand,
    Code.Ldc_I4 => (int)instruction.Operand,
    _ => null,
};
