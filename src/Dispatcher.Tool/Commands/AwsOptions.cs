using System.CommandLine;
using System.Text.RegularExpressions;
using Amazon;
using Amazon.Runtime.CredentialManagement;
using Dispatcher.Text;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands;

/// <summary>
/// The options of every command that choose the account and the region: they set the environment variables that the AWS SDK and further
/// processes of the tool read.
/// </summary>
/// <param name="listProfiles">Lists the names of the profiles; by default those of the AWS configuration.</param>
internal sealed partial class AwsOptions(Func<IEnumerable<string>>? listProfiles = null)
{
    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "Use a profile of the AWS configuration, instead of AWS_PROFILE.", HelpName = "NAME", Recursive = true,
    };

    private readonly Option<string?> _region = new("--region")
    {
        Description = "Use an AWS region, instead of AWS_REGION.", HelpName = "REGION", Recursive = true,
    };

    /// <summary>Adds the options to the root command.</summary>
    /// <param name="root">The root command.</param>
    public void AddTo(Command root)
    {
        root.Options.Add(_profile);
        root.Options.Add(_region);
    }

    /// <summary>Sets the environment variables of the options that were given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="BadInputException">There is no such profile, or the region cannot be one.</exception>
    public void Apply(ParseResult parsed)
    {
        if (parsed.GetValue(_profile) is { } profile)
        {
            CheckProfile(profile);
            Environment.SetEnvironmentVariable("AWS_PROFILE", profile);

            // They would win over the profile, which was asked for.
            Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", null);
            Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", null);
            Environment.SetEnvironmentVariable("AWS_SESSION_TOKEN", null);
        }

        if (parsed.GetValue(_region) is { } region)
        {
            CheckRegion(region);
            Environment.SetEnvironmentVariable("AWS_REGION", region);
        }
    }

    /// <summary>Checks a region. Not in <see cref="Apply"/>, because each start of the tool would load the AWS SDK.</summary>
    private static void CheckRegion(string region)
    {
        if (!RegionName().IsMatch(region))
        {
            var names = RegionEndpoint.EnumerableAllRegions.Select(static known => known.SystemName);
            throw new BadInputException($"'{Printable.Text(region)}' is not a region.{SpellingSuggester.DidYouMean(region, names)} "
                + "Set --region to a name such as eu-central-1.");
        }
    }

    private void CheckProfile(string profile)
    {
        var list = listProfiles ?? (static () => new CredentialProfileStoreChain().ListProfiles().Select(static known => known.Name));
        string[] names = [.. list().Distinct().Order(StringComparer.Ordinal)];
        if (!names.Contains(profile))
        {
            var known = names.Length == 0 ? "no profile" : string.Join(", ", names);
            throw new BadInputException($"There is no profile '{Printable.Text(profile)}' in the AWS configuration."
                + $"{SpellingSuggester.DidYouMean(profile, names)} It has {known}.");
        }
    }

    [GeneratedRegex("^[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}$")]
    private static partial Regex RegionName();
}
