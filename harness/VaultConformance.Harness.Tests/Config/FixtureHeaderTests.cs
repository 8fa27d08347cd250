using VaultConformance.Harness.Config;

namespace VaultConformance.Harness.Tests.Config;

public sealed class FixtureHeaderTests
{
    [Test]
    public void Every_line_of_the_header_is_read_and_prose_after_an_empty_comment_is_not()
    {
        var header = FixtureHeader.Parse(
            """
            # expect: CORE-1 Failed, PROC-1 Passed
            # base: standalone-tls
            # change: something is wrong
            # node-ulimit: core=1024:1024
            # node: swap
            # patch: patches/a.yaml
            # patch: patches/b.yaml
            # image: vault-standin-filecap
            # certificates: expired.json
            # starts: no
            # needs: stand-in
            #
            # Prose: with a colon.
            server: {}
            """,
            "f.yaml");

        Assert.That(header.Expectations, Is.EqualTo((FixtureExpectation[])[new("CORE-1", "Failed"), new("PROC-1", "Passed")]));
        Assert.That(header.Patches, Is.EqualTo((string[])["patches/a.yaml", "patches/b.yaml"]));
        Assert.That(
            (header.Base, header.Change, header.NodeUlimit, header.Node, header.Image, header.Certificates, header.Starts, header.NeedsStandIn),
            Is.EqualTo(("standalone-tls", "something is wrong", "core=1024:1024", "swap", "vault-standin-filecap", "expired.json", false, true)));
    }

    [Test]
    public void Nothing_is_a_valid_expectation_and_the_rest_has_defaults()
    {
        var header = FixtureHeader.Parse("# expect: nothing\n# change: none\n\nserver: {}", "f.yaml");

        Assert.That((header.Expectations.Count, header.Base, header.Starts, header.NeedsStandIn), Is.EqualTo((0, (string?)null, true, false)));
    }

    [TestCase("server: {}", "The fixture 'f.yaml' does not start with '# expect: CONTROL Outcome, …' or '# expect: nothing'.")]
    [TestCase("# expect: CORE-1 Broken\n# change: x", "The fixture 'f.yaml' expects 'CORE-1 Broken', which is not a control id with one of Passed, Failed, NotApplicable, Inconclusive.")]
    [TestCase("# expect: nothing\n# change: x\n# setup: none\n# setup: a.yaml\n", "The fixture 'f.yaml' names 'none' beside a setup.")]
    [TestCase("# expect: nothing\n# change: x\n# pacth: y", "The fixture 'f.yaml' has the unknown key 'pacth'. Known are: expect, base, change, node-ulimit, node, patch, image, certificates, starts, needs, setup.")]
    [TestCase("# expect: nothing", "The fixture 'f.yaml' has no '# change:' line that says what is special about it.")]
    [TestCase("# expect: nothing\n# change: x\n# change: y", "The fixture 'f.yaml' gives 'change' twice.")]
    [TestCase("# expect: nothing\n# change: x\n# starts: yes", "The fixture 'f.yaml' gives 'starts' the value 'yes'; only 'no' is known.")]
    [TestCase("# expect: nothing\n# change: x\n# prose", "The fixture 'f.yaml' has the line '# prose', which is no '# key: value'.")]
    public void A_broken_header_has_one_clear_message(string text, string message)
    {
        Assert.That(() => FixtureHeader.Parse(text, "f.yaml"), Throws.TypeOf<HarnessException>().With.Message.EqualTo(message));
    }

    [TestCase("", null)]
    [TestCase("# setup: none\n", "")]
    [TestCase("# setup: a.yaml\n# setup: b.yaml\n", "a.yaml b.yaml")]
    public void A_setup_is_the_one_of_the_base_unless_the_header_says_another(string lines, string? expected)
    {
        var setups = FixtureHeader.Parse($"# expect: nothing\n# change: x\n{lines}", "f.yaml").Setups;

        Assert.That(setups is null ? null : string.Join(' ', setups), Is.EqualTo(expected));
    }
}
