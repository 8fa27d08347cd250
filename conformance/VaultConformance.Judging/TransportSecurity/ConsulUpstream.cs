using VaultConformance.Harness.Config;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// How a server talks to Consul. As Vault reads it: the address of the file, or <c>CONSUL_HTTP_ADDR</c>, or the agent beside it; the scheme
/// of the file, or that of the file's address, or https by <c>CONSUL_HTTP_SSL</c>, or that of the variable's address, or http.
/// </summary>
/// <param name="body">The block.</param>
/// <param name="surroundings">What the server has from elsewhere.</param>
internal sealed class ConsulUpstream(HclBody body, Surroundings surroundings)
{
    private const string AddressVariable = "CONSUL_HTTP_ADDR";
    private const string TlsVariable = "CONSUL_HTTP_SSL";
    private const string VerifyVariable = "CONSUL_HTTP_SSL_VERIFY";

    /// <summary>What is wrong, and what cannot be told.</summary>
    public IEnumerable<UpstreamProblem> FindProblems()
    {
        var written = FindText("address");
        var variable = surroundings.Find(AddressVariable);
        if (written is null && !variable.IsKnown)
        {
            return [CreateUnclear(AddressVariable, variable)];
        }

        var address = written ?? variable.Value;
        var place = written is null ? AddressVariable : Place("address");
        return address is null || surroundings.IsLocal(address) is true ? [] : Judge(place, address, written is not null);
    }

    private IEnumerable<UpstreamProblem> Judge(string place, string address, bool isWritten)
    {
        var tls = surroundings.Find(TlsVariable);
        var isHttps = (FindText("scheme"), FindScheme(address), isWritten) switch
        {
            (_, "https", false) => true,
            ({ } scheme, _, _) => scheme.Equals("https", StringComparison.OrdinalIgnoreCase),
            (_, { } scheme, true) => scheme == "https",
            _ => tls.IsKnown ? tls.Value is { } value && GoSwitch.Parse(value) == true : (bool?)null,
        };
        if (isHttps == true)
        {
            return JudgeVerification();
        }

        if (isHttps is null)
        {
            return [CreateUnclear(TlsVariable, tls)];
        }

        var said =
            FindText("scheme") is not null || FindScheme(address) == "http" ? "is plaintext" : "is plaintext, because nothing turns TLS on";
        return surroundings.IsLocal(address) is null
            ? [new UpstreamProblem($"{place} {said}, and it is not known whether it is the node itself", false)]
            : [new UpstreamProblem($"{place} {said}", true)];
    }

    // Vault sets the connection up itself and leaves this variable out; that every version does so is not known.
    private IEnumerable<UpstreamProblem> JudgeVerification() =>
        surroundings.Find(VerifyVariable) is { Present: true } verify && (verify.Value is null || GoSwitch.Parse(verify.Value) != true)
            ? [new UpstreamProblem(
                $"{VerifyVariable} is {verify.Value ?? "set"}, and whether this version of the server heeds it is not known. Remove it",
                false)]
            : [];

    private static UpstreamProblem CreateUnclear(string name, EffectiveVariable variable) =>
        new($"{name} decides, and {(variable.Present is null ? variable.Source : "its value is not known")}", false);

    private string Place(string setting) =>
        body.Attributes.First(attribute => attribute.Name.Equals(setting, StringComparison.OrdinalIgnoreCase)) is var found
            ? $"{setting} (line {found.Line})"
            : setting;

    private string? FindText(string name) => body.FindValue(name)?.AsText() is { Length: > 0 } text ? text : null;

    private static string? FindScheme(string address) =>
        address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? "https"
            : address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http" : null;
}
