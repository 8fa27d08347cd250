using VaultConformance.Harness.Probes.Api;
using VaultConformance.Harness.Probes.Server;

namespace VaultConformance.Harness.Tests.Probes.Api;

public sealed class ActiveServerTests
{
    [TestCase("the release initialised its server itself", "the release initialised its server itself")]
    [TestCase(null, "the server was not unsealed")]
    public async Task Without_a_token_nothing_is_asked_and_the_reason_is_named(string? noAuditor, string reason) => await Assert.ThatAsync(
        () => new ActiveServer(null!, new ServerAccess(null!, 8200, null, noAuditor)).OpenAsync(CancellationToken.None),
        Throws.InstanceOf<HarnessException>().With.Message.EqualTo($"This can only be asked with a token, and there is none: {reason}."));
}
