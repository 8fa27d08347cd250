using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>How long certificates are valid.</summary>
public static class CertificateTimes
{
    /// <summary>Judges the end of validity with the margin for renewals.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="fact">Name of the fact.</param>
    /// <param name="whose">The certificate, as a sentence begins with it.</param>
    /// <param name="parameters">Margins of the profile.</param>
    /// <param name="at">When it was presented.</param>
    public static Judgement JudgeEnd(
        X509Certificate2 certificate, string fact, string whose, ProfileParameters parameters, DateTimeOffset at)
    {
        var end = End(certificate);
        var left = end - at;
        return Judgement.Of(
            fact,
            left.TotalDays >= parameters.CertificateMinimumDaysLeft,
            $"at least {parameters.CertificateMinimumDaysLeft} days ahead",
            left < TimeSpan.Zero
                ? $"past ({FormatDay(end)})"
                : string.Create(CultureInfo.InvariantCulture, $"{left.TotalDays:0} days ahead"))
            .Saying(left < TimeSpan.Zero
                ? $"{whose} expired on {FormatDay(end)}."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{whose} expires in {left.TotalDays:0} days; at least {parameters.CertificateMinimumDaysLeft} are required."));
    }

    /// <summary>Start of validity.</summary>
    /// <param name="certificate">The certificate.</param>
    public static DateTimeOffset Start(X509Certificate2 certificate) => certificate.NotBefore.ToUniversalTime();

    /// <summary>End of validity.</summary>
    /// <param name="certificate">The certificate.</param>
    public static DateTimeOffset End(X509Certificate2 certificate) => certificate.NotAfter.ToUniversalTime();

    /// <summary>A moment, for people.</summary>
    /// <param name="time">The moment.</param>
    public static string FormatDay(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
