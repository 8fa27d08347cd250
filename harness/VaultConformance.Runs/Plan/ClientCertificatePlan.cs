using VaultConformance.Harness;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Runs.Plan;

/// <summary>Reads the user's own client certificate, for listeners that demand one of another authority than the run's.</summary>
/// <param name="reader">The settings.</param>
/// <param name="problems">Receives the problem.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class ClientCertificatePlan(PlanReader reader, PlanProblems problems, TimeProvider timeProvider)
{
    private const int LargestFile = 64 * 1024;

    /// <summary>Reads it; null when none is given, or it cannot be used.</summary>
    public ClientCertificate? Read()
    {
        var (withCertificate, withKey) = (reader.Has(Settings.ClientCert), reader.Has(Settings.ClientKey));
        if (withCertificate != withKey)
        {
            var (given, needed) = withCertificate ? (Settings.ClientCert, Settings.ClientKey) : (Settings.ClientKey, Settings.ClientCert);
            problems.Add(
                reader.DescribeOrigin(given), $"needs {needed.Option}: a client certificate and its key go together; give both or none");
            return null;
        }

        var certificateFile = reader.ReadFile(Settings.ClientCert);
        var keyFile = reader.ReadFile(Settings.ClientKey);
        if (certificateFile is null || keyFile is null)
        {
            return null;
        }

        var chain = problems.Try(
            reader.DescribeOrigin(Settings.ClientCert), () => ClientChain.Parse(ReadText(certificateFile), timeProvider.GetUtcNow()));
        return chain is null
            ? null
            : problems.Try(
                reader.DescribeOrigin(Settings.ClientKey),
                () => ClientCertificate.From(chain, ReadText(keyFile), "that --client-cert names"));
    }

    private static string ReadText(string file)
    {
        try
        {
            return new FileInfo(file).Length > LargestFile
                ? throw new HarnessException(
                    FailureKind.Configuration, $"file '{file}' is larger than {LargestFile / 1024} KiB; no certificate and no key is")
                : File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HarnessException(FailureKind.Configuration, $"file '{file}' cannot be read: {exception.Message}", exception);
        }
    }
}
