using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Postgres.Tests.Connections;

/// <summary>
/// A connection string in a known form, as a hasty person writes it: with a wrong separator, quote or character somewhere.
/// </summary>
/// <param name="Text">The connection string.</param>
/// <param name="Password">The pieces of the planted password; none of them may be seen anywhere.</param>
public sealed record DamagedConnectionString(string Text, IReadOnlyList<string> Password)
{
    // Each is long, odd and without a digit, so that none of them appears by chance, and none is taken for a port.
    private static readonly string[] Pieces = ["QzXvorp", "wKjuThe", "Yblimqo", "nEvarGx"];

    private static readonly string[] Joints =
        ["", "@", ":", "/", "?", "#", "%", "%4", "%40", " ", "=", ";", ",", "'", "\"", "\\", "&", "+", "$", "!", "\\'", "''", "{",
            "\n", "ü", "\u202E", "://", "password="];

    private static readonly string[] Forms =
    [
        "postgres://jobs:PW@127.0.0.1:1/app", "postgresql://jobs:PW@127.0.0.1:1/app?sslmode=prefer",
        "postgres://127.0.0.1:1/app?user=jobs&password=PW",
        "postgres://jobs:PW@/app?host=/nowhere&port=1", "postgres://jobs:PW@127.0.0.1:1",
        "postgres://127.0.0.1:1/app?host=127.0.0.1%20password=PW",
        "host=127.0.0.1 port=1 user=jobs password=PW dbname=app", "host=127.0.0.1 port=1 user=jobs password='PW' dbname='app'",
        "password=PW host=127.0.0.1 port=1", "host = 127.0.0.1 port = 1 password = PW user = jobs",
        "host=127.0.0.1 port=1 user=jobs options='-c work_mem=4MB' password=PW sslmode=prefer",
        "Host=127.0.0.1;Port=1;Username=jobs;Password=PW;Database=app", "Server=127.0.0.1;Port=1;Uid=jobs;Pwd='PW';DB=app",
        "Password=PW;Host=127.0.0.1;Port=1;Database=app;Timezone=UTC", "Host=127.0.0.1,Password=PW;Port=1;Database=app",
        "postgres://jobs:PW@127.0.0.1:1,127.0.0.1:1/app?target_session_attrs=read-write", "host=127.0.0.1,127.0.0.1 port=1,1 password=PW",
        "host=/nowhere,/nowhere port=1 user=jobs password=PW", "Host=127.0.0.1:1,127.0.0.1:1;Password=PW;Username=jobs",
        "postgres://127.0.0.1:1/app?password=PW&user=jobs&load_balance_hosts=random&host=127.0.0.1,127.0.0.1",
        "Host=127.0.0.1;Port=1;Passwort=PW", "{\"host\":\"127.0.0.1\",\"port\":1,\"username\":\"jobs\",\"password\":\"PW\"}", "PW",
    ];

    private static readonly string[] Separators =
        [";", ",", " ", "=", ":", "@", "/", "//", "?", "&", "'", "\"", "%", "#", "|", "\t", "\n", ";;", " = ", ""];

    /// <summary>Makes any of them; FsCheck finds it by its type.</summary>
    public static Arbitrary<DamagedConnectionString> All() => Generate().ToArbitrary();

    private static Gen<DamagedConnectionString> Generate() =>
        from form in Gen.Elements(Forms)
        from joints in Gen.Elements(Joints).ListOf(Pieces.Length - 1)
        from encode in Gen.Elements(true, false)
        from damages in Damage().ListOf(2)
        let password = Pieces[0] + string.Concat(joints.Zip(Pieces.Skip(1), (joint, piece) => joint + piece))
        let damaged = damages.Aggregate(form, (text, damage) => damage(text))

        // Without the colon in between, user and password are one name up to the password's own colon.
        where !damaged.Contains("jobsPW", StringComparison.Ordinal)
        select new DamagedConnectionString(
            damaged.Replace("PW", encode ? Uri.EscapeDataString(password) : password, StringComparison.Ordinal), Pieces);

    /// <summary>
    /// Leaves the text as it is, or replaces, inserts, doubles or removes one separator. The planted place stays, so that it is never a
    /// user's name alone.
    /// </summary>
    private static Gen<Func<string, string>> Damage() =>
        from kind in Gen.Choose(0, 3)
        from place in Gen.Choose(0, 1000)
        from separator in Gen.Elements(Separators)
        select new Func<string, string>(text => kind == 0 ? text : Replace(text, place, separator, insert: kind == 1));

    private static string Replace(string text, int place, string separator, bool insert)
    {
        var places = Enumerable.Range(0, text.Length).Where(index => !char.IsLetterOrDigit(text[index])
            && text[index] is not ('.' or '_' or '-')).ToList();
        if (places.Count == 0)
        {
            return separator + text;
        }

        var index = places[place % places.Count];
        return text[..index] + separator + text[(insert ? index : index + 1)..];
    }
}
