using System.Buffers.Binary;
using System.Text;
using VaultConformance.Reporting.Bundles;

namespace VaultConformance.Reporting.Tests.Bundles;

/// <summary>Bundles that are small on disk and large, or endless, when unpacked.</summary>
public sealed class BundleLimitTests
{
    private const int Mebibyte = 1024 * 1024;

    [Test]
    public void A_part_that_unpacks_to_more_than_allowed_is_refused_before_it_is_unpacked()
    {
        var sample = new SampleBundle();
        sample.Parts["diagnostics/bomb.txt"] = new byte[33 * Mebibyte];
        var bomb = sample.Forge();

        Assert.That(bomb.Length, Is.LessThan(Mebibyte));
        Refused(bomb, "entry 'diagnostics/bomb.txt' has 34603008 bytes when unpacked; at most 33554432 are allowed");
    }

    [Test]
    public void Parts_that_unpack_to_more_than_allowed_together_are_refused()
    {
        var sample = new SampleBundle();
        for (var index = 0; index < 9; index++)
        {
            sample.Parts[$"diagnostics/{index}.txt"] = new byte[30 * Mebibyte];
        }

        Refused(sample.Forge(), "bytes when unpacked; at most 268435456 are allowed");
    }

    [TestCase(10)]
    [TestCase(2_000_000)]
    public void A_part_that_states_another_size_than_it_has_is_refused(int stated)
    {
        var sample = new SampleBundle();
        sample.Parts["diagnostics/liar.txt"] = new byte[Mebibyte];

        Refused(WithStatedSize(sample.Forge(), "diagnostics/liar.txt", stated), "'diagnostics/liar.txt'");
    }

    [Test]
    public void Too_many_entries_are_refused_before_any_is_looked_at()
    {
        var sample = new SampleBundle();
        for (var index = 0; index < 4096; index++)
        {
            sample.Extra.Add(($"observations/{index}.json", []));
        }

        Refused(sample.Forge(), "it has 4103 entries or more; at most 4096 are allowed");
    }

    [Test]
    public void A_directory_that_says_less_than_it_holds_is_refused()
    {
        var file = new SampleBundle().Forge();
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(file.Length - 12), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(file.Length - 14), 2);

        Refused(file, "its directory does not fit the file");
    }

    [Test]
    public void A_file_that_is_too_large_is_not_even_read()
    {
        var path = Path.Combine(Path.GetTempPath(), $"large-{Guid.NewGuid():N}.vcb");
        try
        {
            using (var file = File.Create(path))
            {
                file.SetLength(65L * Mebibyte);
            }

            Assert.That(() => BundleReader.Open(path), Throws.TypeOf<BundleException>().With.Message.Contains("it has 68157440 bytes; at most 67108864 are allowed"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    [Platform("Linux", Reason = "/dev/zero is a file without an end")]
    public void A_file_without_an_end_is_refused() =>
        Assert.That(() => BundleReader.Open("/dev/zero"), Throws.TypeOf<BundleException>());

    [Test]
    public void A_folder_and_a_file_that_is_not_there_are_told()
    {
        Assert.That(() => BundleReader.Open("/tmp"), Throws.TypeOf<BundleException>().With.Message.EqualTo("Bundle '/tmp' is a folder. Name the file, for example '/tmp/evidence.vcb'."));
        Assert.That(() => BundleReader.Open("/nowhere/a.vcb"), Throws.TypeOf<BundleException>().With.Message.EqualTo("Bundle '/nowhere/a.vcb' does not exist."));
    }

    private static void Refused(byte[] file, string message) =>
        Assert.That(() => BundleReader.Read("a.vcb", file), Throws.TypeOf<BundleException>().With.Message.Contains(message));

    /// <summary>Changes the unpacked size of an entry in the directory of a ZIP file.</summary>
    private static byte[] WithStatedSize(byte[] file, string name, int size)
    {
        var at = file.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(name)) - 46;
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at + 24), size);
        return file;
    }
}
