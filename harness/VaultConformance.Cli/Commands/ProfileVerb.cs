using System.CommandLine;
using VaultConformance.Cli.Output;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Cli.Commands;

/// <summary><c>profile list</c>, <c>profile show</c>, <c>profile check</c>.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class ProfileVerb(CliServices services) : IVerb
{
    /// <inheritdoc />
    public Command Create() =>
        new VerbCommand(
            "profile",
            "List, show and check profiles: which controls count, at which level, with which parameters.",
            "profile list",
            "profile show baseline",
            "profile check my-profile.yaml") { List(), Show(), Check() };

    private VerbCommand List()
    {
        var json = new Option<bool>("--json") { Description = "For programs." };
        var command = new VerbCommand(
            "list",
            "List the profiles that come with the program, all versions side by side.",
            "profile list",
            "profile list --json") { json };
        command.SetAction((result, cancellationToken) => ListAsync(result.GetValue(json), cancellationToken));
        return command;
    }

    private VerbCommand Show()
    {
        var reference = new Argument<string>("profile") { Description = "Name, name@version, or the path of a profile file." };
        reference.CompletionSources.Add([.. services.Judge.Profiles.References]);
        var json = new Option<bool>("--json") { Description = "For programs." };
        var yaml = new Option<bool>(
            "--yaml") { Description = "The text that a run records; a profile that extends another one is written as a whole." };
        var command = new VerbCommand(
            "show",
            "Show the level of each control and the parameters.",
            "profile show hardened",
            "profile show baseline@1.0 --yaml > my-profile.yaml") { reference, json, yaml };
        command.SetAction((result, cancellationToken) => ShowAsync(
            result.GetRequiredValue(reference), result.GetValue(json), result.GetValue(yaml), cancellationToken));
        return command;
    }

    private VerbCommand Check()
    {
        var files = new Argument<string[]>("file") { Description = "Profile files.", Arity = ArgumentArity.OneOrMore };
        var command = new VerbCommand(
            "check", "Check profile files and report every problem with its line.", "profile check my-profile.yaml") { files };
        command.SetAction((result, cancellationToken) => CheckAsync(result.GetRequiredValue(files), cancellationToken));
        return command;
    }

    private async Task<int> ListAsync(bool json, CancellationToken cancellationToken)
    {
        var builtIn = services.Judge.Profiles;
        var profiles = new List<Profile>();
        foreach (var reference in builtIn.References)
        {
            profiles.Add((await builtIn.LoadAsync(reference, services.WorkingFolder, cancellationToken)).Profile);
        }

        if (json)
        {
            services.Console.Data.WriteLine(VerbJson.Write(profiles.Select(ProfileSummary.From)));
        }
        else
        {
            new ProfileText(services.Console).List(profiles);
        }

        return ExitCodes.Success;
    }

    private async Task<int> ShowAsync(string reference, bool json, bool yaml, CancellationToken cancellationToken)
    {
        var (profile, text) = await services.Judge.Profiles.LoadAsync(reference, services.WorkingFolder, cancellationToken);
        if (yaml)
        {
            services.Console.Data.Write(text);
        }
        else if (json)
        {
            services.Console.Data.WriteLine(VerbJson.Write(ProfileDetails.From(profile)));
        }
        else
        {
            new ProfileText(services.Console).Show(profile, services.Judge.Controls);
        }

        return ExitCodes.Success;
    }

    private async Task<int> CheckAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var exitCode = ExitCodes.Success;
        foreach (var path in files.Select(file => Path.GetFullPath(file, services.WorkingFolder)))
        {
            try
            {
                var loaded = await services.Judge.Profiles.LoadAsync(path, services.WorkingFolder, cancellationToken);
                services.Console.WriteLine($"{path}: {loaded.Profile.Reference} is valid", Tone.Good);
            }
            catch (ProfileException exception)
            {
                exitCode = services.Errors.Print(exception);
            }
        }

        return exitCode;
    }
}
