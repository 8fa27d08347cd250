using VaultConformance.Harness;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Tests.Engine;

public sealed class DebianArchiveTests
{
    private const string Sources = """
        Types: deb
        # a comment with http://elsewhere.example/
        URIs: http://mirror.example/debian
        Suites: bookworm
        Signed-By: /keys/main.gpg

        Types: deb
        URIs: http://mirror.example/debian-security
        Signed-By: /keys/security.gpg
        """;

    [Test]
    public void The_main_archive_is_found_among_security_and_others()
    {
        var archive = DebianArchive.Find(
            """
            http://mirror.example/debian-security/|Debian-Security|main|/etc/apt/sources.list.d/debian.sources:2
            http://vendor.example/apt/|Vendor|main|/etc/apt/sources.list.d/vendor.list:1
            http://mirror.example/debian/|Debian|contrib|/etc/apt/sources.list.d/debian.sources:1
            http://mirror.example/debian/|Debian|main|/etc/apt/sources.list.d/debian.sources:1
            """,
            _ => Sources);

        Assert.That(archive, Is.EqualTo(new DebianArchive("http://mirror.example/debian/", "/keys/main.gpg")));
    }

    [Test]
    public void The_key_comes_from_the_entry_that_names_the_archive()
    {
        var archive = DebianArchive.Find("http://m/debian/|Debian|main|/etc/apt/a.sources:2", _ => Sources);

        Assert.That(archive!.Keyring, Is.EqualTo("/keys/security.gpg"));
    }

    [Test]
    public void A_one_line_source_names_its_key_in_brackets()
    {
        const string List = "deb [arch=amd64 signed-by=/keys/other.gpg] http://o/apt x main\ndeb [signed-by=/keys/own.gpg,arch=amd64] http://m/debian bookworm main\n";

        Assert.That(DebianArchive.Find("http://m/debian/|Debian|main|/etc/apt/sources.list:2", _ => List)!.Keyring, Is.EqualTo("/keys/own.gpg"));
    }

    [Test]
    public void A_source_without_a_key_is_signed_by_Debians_own()
    {
        var archive = DebianArchive.Find("http://m/debian/|Debian|main|/etc/apt/sources.list:1", _ => "deb http://m/debian bookworm main");

        Assert.That(archive!.Keyring, Is.EqualTo(DebianArchive.DefaultKeyring));
    }

    [Test]
    public void Before_the_first_update_the_address_speaks_for_itself()
    {
        var archive = DebianArchive.Find("http://m/debian/|$(LABEL)|main|$(SOURCESENTRY)", _ => throw new InvalidOperationException("nothing to read"));

        Assert.That(archive, Is.EqualTo(new DebianArchive("http://m/debian/", DebianArchive.DefaultKeyring)));
    }

    [Test]
    public void An_Ubuntu_machine_knows_no_Debian_archive()
    {
        Assert.That(DebianArchive.Find("http://archive.example/ubuntu/|Ubuntu|main|/etc/apt/sources.list:1", _ => ""), Is.Null);
    }

    [Test]
    public async Task The_user_can_name_the_archive()
    {
        var commands = new ScriptedCommands();

        var archive = await DebianArchive.FromThisMachineAsync(commands, _ => "https://own.example/debian", CancellationToken.None);

        Assert.That((archive.Uri, commands.Asked.Count), Is.EqualTo(("https://own.example/debian/", 0)));
    }

    [Test]
    public async Task A_machine_without_a_Debian_archive_is_told_how_to_name_one()
    {
        var commands = new ScriptedCommands().Answer("apt-get indextargets", "http://archive.example/ubuntu/|Ubuntu|main|x:1\n");

        await Assert.ThatAsync(
            () => DebianArchive.FromThisMachineAsync(commands, _ => null, CancellationToken.None),
            Throws.TypeOf<HarnessException>().With.Message.Contains(DebianArchive.Variable).And.Message.Contains("archive.example/ubuntu"));
    }
}
