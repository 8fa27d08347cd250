namespace VaultConformance.Cli.Tests.Scripts;

/// <summary>Collects what is written to this process's standard error.</summary>
internal sealed class ConsoleCapture : IDisposable
{
    private readonly TextWriter _before = Console.Error;
    private readonly StringWriter _written = new() { NewLine = "\n" };

    private ConsoleCapture()
    {
        Console.SetError(_written);
    }

    public string Error => _written.ToString();

    public static ConsoleCapture Begin() => new();

    public void Dispose()
    {
        Console.SetError(_before);
        _written.Dispose();
    }
}

/// <summary>Changes the environment of this process and changes it back.</summary>
internal sealed class EnvironmentChange : IDisposable
{
    private static readonly string[] SetByScripts = ["DOTNET_CLI_TELEMETRY_OPTOUT", "DOTNET_NOLOGO"];

    private readonly Dictionary<string, string?> _before;

    public EnvironmentChange(IReadOnlyDictionary<string, string?> variables)
    {
        _before = variables.Keys.Concat(SetByScripts).Distinct().ToDictionary(name => name, Environment.GetEnvironmentVariable);
        Apply(variables);
    }

    public void Dispose() => Apply(_before);

    private static void Apply(IReadOnlyDictionary<string, string?> variables)
    {
        foreach (var (name, value) in variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
