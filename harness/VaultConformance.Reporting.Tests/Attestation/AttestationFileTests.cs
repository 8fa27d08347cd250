using VaultConformance.Reporting.Attestation;

namespace VaultConformance.Reporting.Tests.Attestation;

public sealed class AttestationFileTests
{
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("attestation-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task What_was_written_is_read()
    {
        using var key = Keys.New();
        var path = AttestationFile.GetPathBeside(Path.Combine(_folder, "run.vcb"));

        await AttestationFile.WriteAsync(path, DsseEnvelope.Sign(new byte[] { 1 }, key), CancellationToken.None);

        Assert.That(Directory.GetFiles(_folder).Select(Path.GetFileName), Is.EqualTo(new[] { "run.vcb.intoto.json" }));
        Assert.That((await AttestationFile.ReadAsync(path, CancellationToken.None)).IsSignedBy(key.Public), Is.True);
    }

    [Test]
    public async Task A_missing_file_a_folder_and_a_huge_file_are_refused()
    {
        var huge = Path.Combine(_folder, "huge.json");
        await using (var stream = File.Create(huge))
        {
            stream.SetLength((16 * 1024 * 1024) + 1);
        }

        await Refused(Path.Combine(_folder, "nope.json"), "There is no attestation 'PATH'. Name it with --attestation; 'attest' makes one.");
        await Refused(Path.Combine(_folder, "nope", "nope.json"), "There is no attestation 'PATH'. Name it with --attestation; 'attest' makes one.");
        await Refused(_folder, "Attestation 'PATH' cannot be read: ");
        await Refused(huge, "Attestation 'PATH' is larger than 16 MiB; no attestation is.");
    }

    private static Task Refused(string path, string message) => Assert.ThatAsync(
        () => AttestationFile.ReadAsync(path, CancellationToken.None),
        Throws.TypeOf<AttestationException>().With.Message.StartsWith(message.Replace("PATH", path)));
}
