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
        new(
            "profile",
            "List, show and check profiles: which controls count, at which level, with which parameters.") { List(), Show(), Check() };

    private Command List()
    {
        var json = new Option<bool>("--json") { Description = "For programs." };
        var command = new Command("list", "List the profiles that come with the program, all versions side by side.") { json };
        command.SetAction((result, cancellationToken) => ListAsync(result.GetValue(json), cancellationToken));
        return command;
    }

    private Command Show()
    {
        var reference = new Argument<string>("profile") { Description = "Name, name@version, or the path of a profile file." };
        var json = new Option<bool>("--json") { Description = "For programs." };
        var yaml = new Option<bool>(
            "--yaml") { Description = "The text that a run records; a profile that extends another one is written as a whole." };
        var command = new Command("show", "Show the level of each control and the parameters.") { reference, json, yaml };
        command.SetAction((result, cancellationToken) => ShowAsync(
            result.GetRequiredValue(reference), result.GetValue(json), result.GetValue(yaml), cancellationToken));
        return command;
    }

    private Command Check()
    {
        var files = new Argument<string[]>("file") { Description = "Profile files.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Check profile files and tell every problem with its line.") { files };
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
            services.Console.Out.WriteLine(VerbJson.Write(profiles.Select(ProfileSummary.From)));
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
            services.Console.Out.Write(text);
        }
        else if (json)
        {
            services.Console.Out.WriteLine(VerbJson.Write(ProfileDetails.From(profile)));
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
