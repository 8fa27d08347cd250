using System.Security.Cryptography;

namespace VaultConformance.OfflineKit.Building;

/// <summary>The digest of a package in the notation of npm and of the web: <c>sha512-</c> and base64.</summary>
/// <param name="Text">For example <c>sha512-xfWA…==</c>.</param>
internal sealed record PackageIntegrity(string Text)
{
    private const string Prefix = "sha512-";

    /// <summary>Compares a file with this digest.</summary>
    /// <exception cref="KitStepException">The file is another one; it is not used.</exception>
    public async Task VerifyAsync(string step, string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        var seen = Prefix + Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellationToken));
        if (!string.Equals(seen, Text, StringComparison.Ordinal))
        {
            throw KitStepException.Refused(
                step,
                $"'{Path.GetFileName(file)}' is not the package that was asked for (its digest is {seen}, expected is {Text})",
                "Someone between the registry and this machine changes packages: have that looked at, or give a program of your own with --helm.");
        }
    }
}
