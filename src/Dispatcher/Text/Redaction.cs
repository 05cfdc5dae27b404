using System.Buffers;
using System.Text.RegularExpressions;

namespace Dispatcher.Text;

/// <summary>
/// The one place that decides what of a setting, a URL or a value of a payload may be shown. Anything that may hold a secret and was not
/// recognised as harmless is replaced as a whole: a part of something unknown may be the secret.
/// </summary>
public static partial class Redaction
{
    /// <summary>What is shown instead of something that may be a secret.</summary>
    public const string Mask = "***";

    /// <summary>The most characters of a value that are shown.</summary>
    private const int MaxLength = 80;

    /// <summary>The most characters of a value that are looked at. What follows cannot change what the shown ones are.</summary>
    private const int MaxExamined = 2_000;

    // What NamedSecrets needs to match.
    private static readonly string[] Names =
        ["pass", "pwd", "secret", "token", "key", "credential", "auth", "cookie", "bearer", "basic", "@", "-u", "--user", "--proxy-user"];

    private static readonly SearchValues<string> SignsOfName = SearchValues.Create(Names, StringComparison.OrdinalIgnoreCase);

    // Without one of these nothing is a secret, so that most sentences need not be searched by expressions.
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [.. Names, "://", ":\\/", "AKIA", "ASIA", "gh", "glpat", "xox", "eyJ"], StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Prints a URL without user information, fragment and the values of its query. Masks everything before an '@' in the path: it may be
    /// user information that an extra slash has turned into a host and a path.
    /// </summary>
    /// <param name="url">The URL.</param>
    /// <returns>
    /// <c>https://example.com/hook?token=***</c>; <c>https://***@example.com</c>; <see cref="Mask"/> for a relative URL, and for one whose
    /// query .NET does not tell from the path, as with <c>ftp</c>.
    /// </returns>
    public static string Url(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);

        if (!url.IsAbsoluteUri || url.Host.Length == 0 || HasUnparsedQuery(url))
        {
            return Mask;
        }

        var query = url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(HideValue);
        var address = url.AbsolutePath.LastIndexOf('@') is >= 0 and var end
            ? $"{url.Scheme}://{Mask}{url.AbsolutePath[end..]}"
            : url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return PrintableText.Escape(url.Query.Length <= 1 ? address : $"{address}?{string.Join('&', query)}");
    }

    /// <summary>Prints a value that somebody configured or sent, for an error about it.</summary>
    /// <param name="value">The value.</param>
    /// <returns>
    /// The value, escaped and at most 80 characters of it; a readable URL as <see cref="Url(Uri)"/> prints it; <see cref="Mask"/> for
    /// anything else that looks like a URL, a connection string, a header with credentials or a name followed by a secret.
    /// </returns>
    public static string Value(string value)
    {
        ArgumentNullException.ThrowIfNull(value);

        value = PrintableText.Truncate(value, MaxExamined);
        if (!MayHoldSecret().IsMatch(value))
        {
            return PrintableText.Escape(PrintableText.Truncate(value, MaxLength));
        }

        return Url(value);
    }

    /// <summary>Prints a value behind its name, of which nothing else is known.</summary>
    /// <param name="name">The name of a field, a variable or an option.</param>
    /// <param name="value">The value.</param>
    /// <returns>
    /// The value, escaped and at most 80 characters of it; <see cref="Mask"/> if the name may announce a secret, or if both may be a part
    /// of a connection string or of a command line, such as <c>user</c> and its value, or if the value may hold a secret.
    /// </returns>
    public static string Value(string name, string value) =>
        MayAnnounceSecret(name) || MayHoldSecret().IsMatch(PrintableText.Truncate($"{name}={value}", MaxExamined)) ? Mask : Value(value);

    /// <summary>Prints a text that is meant to be a URL.</summary>
    /// <param name="text">The text.</param>
    /// <returns>
    /// A readable URL without fragment and the values of its query, at most 80 characters of it; <see cref="Mask"/> for everything else,
    /// because a URL with one wrong character shows its secrets in other places. References such as <c>${Queue}</c> are named.
    /// </returns>
    public static string Url(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        text = PrintableText.Truncate(text, MaxExamined);
        if (!ReadableUrl().IsMatch(text) || !Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            var references = References().Matches(text);
            return references.Count == 0 ? Mask : PrintableText.Truncate($"{Mask} with {string.Join(", ", references)}", MaxLength);
        }

        return PrintableText.Truncate(text.AsSpan().ContainsAny('?', '#') ? Url(url) : PrintableText.Escape(text), MaxLength);
    }

    /// <summary>
    /// Prints a sentence that may quote what somebody sent: masks what it quotes of URLs, connection strings, credentials, command lines
    /// (<c>--password x</c>, <c>-e TOKEN=x</c>) and JSON (<c>{"password":"x"}</c>).
    /// </summary>
    /// <param name="text">The sentence.</param>
    /// <returns>The sentence with <see cref="Mask"/> for each such part. Line breaks stay.</returns>
    public static string Sentence(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAny(Signs))
        {
            return text;
        }

        text = UrlSecrets().Replace(text, static match => MaskedQuery().IsMatch(match.Value) ? match.Value : Mask);
        if (text.AsSpan().ContainsAny(SignsOfName))
        {
            text = NamedSecrets.Replace(text, static match => $"{match.Groups["name"].Value}{Mask}");
        }

        return KnownSecrets().Replace(text, Mask);
    }

    /// <summary>Determines whether a name announces that its value is a secret: <c>apiToken</c>, <c>DB_PASSWORD</c>.</summary>
    /// <param name="name">The name of a field, a variable or an option.</param>
    /// <returns><see langword="true"/> if it does.</returns>
    public static bool AnnouncesSecret(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return SecretName().IsMatch(name);
    }

    /// <summary>
    /// Determines whether a name may announce that its value is a secret: also <c>proxyAuth</c>, <c>sharedKey</c> and <c>key</c>. It is for
    /// values of which only the name is known; <see cref="AnnouncesSecret"/> is for formats with keys that are not secret.
    /// </summary>
    /// <param name="name">The name of a field, a variable or an option.</param>
    /// <returns><see langword="true"/> if it may.</returns>
    public static bool MayAnnounceSecret(string name) =>
        AnnouncesSecret(name) || name.Length > MaxExamined || MayHoldSecret().IsMatch($"{name}:");

    /// <summary>Determines whether a word of a command line announces that the next one is a secret: <c>--token</c>.</summary>
    internal static bool IsSecretOption(string word) => word.StartsWith('-') && SecretName().IsMatch(word);

    /// <summary>
    /// Determines whether a text is a plain name, in whose place nothing else was written: letters, digits, <c>_</c>, <c>-</c> and
    /// <c>.</c>, then perhaps a revision as in <c>nightly:12</c>, and no word that announces a secret. <c>user:something</c> may hold a
    /// password.
    /// </summary>
    internal static bool IsName(string text) => PlainName().IsMatch(text) && !MayHoldSecret().IsMatch(text);

    private static bool HasUnparsedQuery(Uri url)
    {
        var end = url.OriginalString.AsSpan().IndexOfAny('?', '#');
        return end >= 0 && url.OriginalString[end] == '?' && end < url.OriginalString.Length - 1 && url.Query.Length == 0;
    }

    private static string HideValue(string part) =>
        part.IndexOf('=', StringComparison.Ordinal) is > 0 and var end && QueryName().IsMatch(part[..end]) ? $"{part[..end]}={Mask}" : Mask;

    [GeneratedRegex(@"^[\p{L}\p{Nd}_.-]+(:\d{1,10})?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PlainName();

    // A name that somebody chose: longer ones, and those with a digit or an odd character, may be a secret that a wrong character moved.
    [GeneratedRegex(@"^[A-Za-z][A-Za-z_.-]{0,29}\z")]
    private static partial Regex QueryName();

    // A scheme with any number of slashes, user information, a keyword of a connection string, a word that announces a secret, an
    // authentication scheme with its credentials.
    [GeneratedRegex(
        """
        [a-z][a-z0-9+.-]{0,30}:\\?/
        | :[^@]{0,1000}@ | @[^\s]{0,300}:\d
        | (^|[\W_])(host|hostaddr|server|data\s?source|address|addr|port|user|user\s?(name|id)|uid|database|db(name)?|initial\s?catalog
            |sslmode|options)\s*=
        | (pass(word|wd|phrase|code)?|pwd|secret|token|credentials?|key|auth(orization)?|cookie|signature|session.?id)["']?\s*[=:]
        | (^|\W)(bearer|basic|digest|negotiate|aws4-hmac-sha256|apikey|token)\s+\S
        | (^|[^\w-])--?[\w-]{0,40}(pass(word|wd|phrase|code)?|pwd|secret|token|credentials?|key|auth)s?\s+[^\s-]
        | (^|\s)(-u|--(proxy-)?user)(\s+|=)[^\s:]*:\S
        | \b(AKIA|ASIA)[A-Z0-9]{16}\b | \b(gh[a-z]|github_pat)_\w{20} | \bglpat-[\w-]{15} | \bxox[a-z]-[\w-]{10}
        | \beyJ[\w-]{8,400}\.[\w-]{8,400}\.
        | -----BEGIN
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex MayHoldSecret();

    // Nothing before the host, and a host that is a plain name or address: everything else may be a secret that a wrong character moved.
    [GeneratedRegex(
        @"^[a-z][a-z0-9+.-]*://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?([/?#][^\s@\\]*)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ReadableUrl();

    // A reference to a template's parameter or resource is a name, whatever its value will be or is.
    [GeneratedRegex(@"\$\{[A-Za-z][A-Za-z0-9.:]*\}|<NoEcho parameter [A-Za-z0-9]+>")]
    private static partial Regex References();

    // Behind "://", also written ":\/\/": all up to the last '@', or all behind a '?' or '#'. Keys of S3 and DynamoDB may have these, too.
    [GeneratedRegex(
        """
        (?<=(?<!\b(s3|dynamodb)):\\?/\\?/)[^\s"]*(?=@) | (?<=(?<!\b(s3|dynamodb)):\\?/\\?/[^\s"?\#]*[?\#])[^\s"]+
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex UrlSecrets();

    // What Url printed before, and the end of the sentence around it.
    [GeneratedRegex(@"^([\w.%+-]*=)?\*{3}(&([\w.%+-]*=)?\*{3})*[.,:;)]*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex MaskedQuery();

    // 1. name=value. 2. An option and its value, also as items of a list. 3. A member of JSON or of a Python literal, also escaped.
    // 4. A header. 5. An authentication scheme. 6. curl's user:password. 7. user:password@host without a scheme, not an image's digest.
    // Generated, it is a method of 15 kB of IL, and the JIT takes 25 MB of memory to optimize that after a few calls. It is interpreted.
    private static Regex NamedSecrets => field ??= new Regex(
        """
        (?<name>\b[\w.-]{0,40}(pass(word|wd|phrase|code)?|pwd|secret|token|credentials?
                |(api|access|private|account|secret|signing|encryption|master|license).?key)s?\b["']?\s*=\s*
            |(?<![\w-])--?[\w-]{0,40}(pass(word|wd|phrase|code)?|pwd|secret|token|credentials?|auth
                |(api|access|private|account|secret|signing|encryption|master|license).?key)s?\b(\s+|["']?,\s*["']?)(?![\s*-])
            |\\?["'][\w.-]{0,40}(pass(word|wd|phrase|code)?|pwd|secret|token|credentials?|authorization|cookie
                |(api|access|private|account|secret|signing|encryption|master|license|internal).?key)s?\\?["']\s*:\s*(?=\\?["'\[]|\d)
            |\b(authorization|cookie|x-[\w-]{0,40}(key|token))\b["']?\s*:\s*((bearer|basic|digest|negotiate|token)\s+)?
            |\b(bearer|basic)\s+(?!auth|credential|scheme|token)
            |(?<![\w-])(-u|--(proxy-)?user)(\s+|=)["']?(?=[^\s:]*:\S)
            |(?<![\w.%+/-])[\w.%+-]{1,60}:(?=[^\s@/:]{1,200}@(?!sha\d)))
        ('[^']*'?|"[^"]*"?|\\"[^"\\]*(\\")?|\[[^\]]*\]?|\d+(?=[,}\]])|[^\s;,&"']+)
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace);

    // Keys of AWS, GitHub, GitLab and Slack, JSON Web Tokens, and private keys.
    [GeneratedRegex(
        """
        \b(AKIA|ASIA)[A-Z0-9]{16}\b | \b(gh[a-z]|github_pat)_\w{20,} | \bglpat-[\w-]{15,} | \bxox[a-z]-[\w-]{10,}
        | \beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*
        | -----BEGIN[ ][A-Z ]*PRIVATE[ ]KEY-----([^-]|-(?!----END))*(-----END[ ][A-Z ]*-----)?
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex KnownSecrets();

    [GeneratedRegex(
        """
        ^[\w.-]{0,80}(pass(word|wd|phrase|code)?|pwd|secret|token|credentials?|(^|[\W_])auth|authorization|cookie
            |signature|session[\W_]?id|(api|access|private|account|secret|signing|encryption|master|license|internal)[\W_]?key)s?\z
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex SecretName();
}
