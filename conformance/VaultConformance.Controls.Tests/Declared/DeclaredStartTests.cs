using VaultConformance.Judging.Declared;
using k8s.Models;

namespace VaultConformance.Controls.Tests.Declared;

/// <summary>How a container starts its server is read, and never run.</summary>
public sealed class DeclaredStartTests
{
    [TestCase("cp /a/b.hcl /tmp/c.hcl;\n/usr/local/bin/docker-entrypoint.sh vault server -config=/tmp/c.hcl -dev", "vault server -config=/tmp/c.hcl -dev", "/tmp/c.hcl=/a/b.hcl")]
    [TestCase("to=/tmp/c.hcl\ncp /a/b.hcl \"$to\"\nexec vault server -config=${to}", "vault server -config=/tmp/c.hcl", "/tmp/c.hcl=/a/b.hcl")]
    [TestCase("to=/x\nto=/y\ncp /a \"$to\"\nvault server", "vault server", "to=/a")]
    [TestCase("vault status", "vault", "")]
    [TestCase("bao server -config /bao/config", "bao server -config /bao/config", "")]
    public void A_start_script_is_looked_into(string script, string words, string copies) =>
        Assert.That(Describe(new V1Container { Name = "vault", Command = ["/bin/sh", "-ec"], Args = [script] }), Is.EqualTo($"{words} | {copies}"));

    [Test]
    public void Without_a_command_the_entrypoint_of_the_image_puts_the_program_first() =>
        Assert.That(Describe(new V1Container { Name = "vault", Args = ["server", "-dev"] }), Is.EqualTo("vault server -dev | "));

    [Test]
    public void Without_anything_nothing_is_known() => Assert.That(Describe(new V1Container { Name = "vault" }), Is.EqualTo("vault | "));

    private static string Describe(V1Container container) =>
        DeclaredStart.From(container) is var start ? $"{string.Join(' ', start.Words)} | {string.Join(' ', start.Copies.Select(copy => $"{copy.Key}={copy.Value}"))}" : string.Empty;
}
