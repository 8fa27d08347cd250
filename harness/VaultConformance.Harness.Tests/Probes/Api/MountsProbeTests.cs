using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Api;

namespace VaultConformance.Harness.Tests.Probes.Api;

[CancelAfter(20_000)]
public sealed class MountsProbeTests
{
    private const string Token = """{"data":{"token/":{"type":"token","config":{"listing_visibility":""},"deprecation_status":"supported"}}}""";
    private const string Engines = """{"data":{"shop/":{"type":"kv","config":{"listing_visibility":"unauth"},"deprecation_status":"supported"}}}""";
    private const string Tune = """{"data":{"default_lease_ttl":3600,"max_lease_ttl":86400}}""";
    private readonly ApiServer _server = new();

    [OneTimeTearDown]
    public void CloseServer() => _server.Dispose();

    [SetUp]
    public void Compliant()
    {
        _server.Server.Replies.Clear();
        _server.Answer("sys/auth", Token).Answer("sys/mounts", Engines).Answer("sys/mounts/auth/token/tune", Tune).Answer("sys/mounts/shop/tune", Tune)
            .Refuse("auth/token/roles", 404).Refuse("sys/namespaces", 404, "unsupported path").Answer("sys/internal/ui/mounts", """{"data":{"auth":{},"secret":{"shop/":{}}}}""");
    }

    [Test]
    public async Task Mounts_are_read_with_what_is_in_effect(CancellationToken cancellationToken)
    {
        var mounts = await TakeAsync(cancellationToken);

        var settings = new MountSettings("", "supported", 3600, 86400);
        Assert.That(mounts.AuthMethods.Single(), Is.EqualTo(new AuthMethodFacts("token/", "token", settings, null, mounts.AuthMethods[0].Roles, null)));
        Assert.That(mounts.AuthMethods[0].Roles, Is.Empty);
        Assert.That(mounts.Engines.Single(), Is.EqualTo(new EngineFacts("shop/", "kv", settings with { ListingVisibility = "unauth" })));
        Assert.That((mounts.Gaps, mounts.OpenlyListed), Is.EqualTo((Array.Empty<string>(), new[] { "shop/" })));
    }

    [Test]
    public async Task Only_members_of_roles_that_are_judged_are_kept(CancellationToken cancellationToken)
    {
        _server.Answer("sys/auth", """{"data":{"ldap/":{"type":"ldap"}}}""").Refuse("auth/ldap/users", 404).Answer("auth/ldap/groups", """{"data":{"keys":["dev ops"]}}""")
            .Answer("auth/ldap/groups/dev%20ops", """{"data":{"policies":["shop"]}}""").Answer("auth/ldap/config", """{"data":{"binddn":"cn=x","bindpass":"hunter2","token_ttl":60,"token_policies":["a"]}}""");

        var method = (await TakeAsync(cancellationToken)).AuthMethods.Single();

        Assert.That(method.Roles!.Select(role => $"{role.Path} {role.Settings.ToJsonString()}"), Is.EqualTo(new[]
        {
            """groups/dev ops {"policies":["shop"]}""", """config {"token_ttl":60,"token_policies":["a"]}""",
        }));
    }

    [Test]
    public async Task A_refused_list_of_roles_is_named_and_no_role_is_made_up(CancellationToken cancellationToken)
    {
        _server.Refuse("auth/token/roles", 403, "permission denied");

        var method = (await TakeAsync(cancellationToken)).AuthMethods.Single();

        Assert.That((method.Roles, method.RolesProblem), Is.EqualTo(((IReadOnlyList<AuthRole>?)null, "'auth/token/roles' was answered with HTTP 403 (permission denied)")));
    }

    [Test]
    public async Task A_type_that_nobody_knows_is_named(CancellationToken cancellationToken)
    {
        _server.Answer("sys/auth", """{"data":{"x/":{"type":"vendor"}}}""");

        Assert.That((await TakeAsync(cancellationToken)).AuthMethods.Single().RolesProblem, Is.EqualTo("auth methods of type 'vendor' are not known, and their roles are not read"));
    }

    [Test]
    public async Task Times_that_are_refused_stay_unknown(CancellationToken cancellationToken)
    {
        _server.Refuse("sys/mounts/shop/tune", 403, "permission denied").Answer("sys/mounts/auth/token/tune", """{"data":{"default_lease_ttl":"1h"}}""");

        var mounts = await TakeAsync(cancellationToken);

        Assert.That((mounts.Engines[0].Settings.DefaultTtl, mounts.AuthMethods[0].Settings.DefaultTtl, mounts.AuthMethods[0].Settings.MaximumTtl), Is.EqualTo(((long?)null, (long?)null, (long?)null)));
    }

    [Test]
    public async Task Namespaces_and_what_hides_them_are_gaps(CancellationToken cancellationToken)
    {
        _server.Answer("sys/namespaces", """{"data":{"keys":["team/"]}}""");
        Assert.That((await TakeAsync(cancellationToken)).Gaps.Single(), Is.EqualTo("namespace team/: a run judges the root namespace only"));

        _server.Refuse("sys/namespaces", 403, "permission denied").Refuse("sys/internal/ui/mounts", 500);
        var mounts = await TakeAsync(cancellationToken);

        Assert.That(mounts.Gaps.Single(), Is.EqualTo("namespaces: 'sys/namespaces' was answered with HTTP 403 (permission denied)"));
        Assert.That(mounts.OpenlyListed, Is.Null);
    }

    [Test]
    public async Task A_list_of_mounts_that_is_refused_ends_the_observation(CancellationToken cancellationToken)
    {
        _server.Refuse("sys/mounts", 403, "permission denied");

        await Assert.ThatAsync(() => TakeAsync(cancellationToken), Throws.InstanceOf<HarnessException>().With.Message.EqualTo("vault-0: 'sys/mounts' was answered with HTTP 403 (permission denied)."));
    }

    private async Task<VaultMounts> TakeAsync(CancellationToken cancellationToken)
    {
        using var reader = _server.Open();
        return await MountsProbe.ReadAsync(reader, null, cancellationToken);
    }
}
