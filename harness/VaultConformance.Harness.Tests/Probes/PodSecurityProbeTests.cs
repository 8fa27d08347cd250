using System.Text.Json;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.PodSecurity;
using VaultConformance.Harness.Tests.Pods;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace VaultConformance.Harness.Tests.Probes;

/// <summary>What the Pod Security admission of an API server is asked, and what its answers mean.</summary>
[CancelAfter(20_000)]
public sealed class PodSecurityProbeTests
{
    private const string Refusal = """{"kind":"Status","status":"Failure","code":422,"message":"Namespace \"vault\" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"vault-conformance-asks\": must be one of privileged, baseline, restricted"}""";

    [Test]
    public async Task Violations_are_read_from_warnings_and_nothing_is_changed(CancellationToken cancellationToken)
    {
        var api = new Api { Warnings = ["299 - \"existing pods in namespace \\\"vault\\\" violate\"", "299 - \"vault-0: runAsNonRoot != true\", 299 - \"vault-1: hostPort, seccompProfile\""] };

        var facts = await api.TakeAsync(cancellationToken);

        Assert.That(facts.Warnings, Is.EqualTo(new[] { "existing pods in namespace \"vault\" violate", "vault-0: runAsNonRoot != true", "vault-1: hostPort, seccompProfile" }));
        Assert.That((facts.Active, facts.Problem), Is.EqualTo(((bool?)true, (string?)null)));
        Assert.That(api.Bodies, Has.Count.EqualTo(4).And.All.StartsWith("dryRun=All "));
    }

    [Test]
    public async Task Two_versions_are_asked_because_one_of_them_may_be_in_force_already(CancellationToken cancellationToken)
    {
        var api = new Api();

        await api.TakeAsync(cancellationToken);

        Assert.That(api.Bodies[2], Does.Contain("\"restricted\"").And.Contain("\"latest\""));
        Assert.That(api.Bodies[3], Does.Contain("\"restricted\"").And.Contain("\"v1.34\""));
    }

    [Test]
    public async Task The_pod_that_is_asked_about_violates_nothing_but_restricted(CancellationToken cancellationToken)
    {
        var api = new Api();

        await api.TakeAsync(cancellationToken);

        Assert.That(api.Bodies[0], Does.Contain("\"allowPrivilegeEscalation\":true").And.Contain("\"runAsNonRoot\":true").And.Contain("\"RuntimeDefault\"").And.Contain("[\"ALL\"]"));
    }

    [TestCase(403, "pods \"a\" is forbidden: violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false (…)", "restricted:latest", null)]
    [TestCase(403, "pods \"a\" is forbidden: violates PodSecurity \"restricted:v1.30\": allowPrivilegeEscalation != false (…)", "restricted:v1.30", null)]
    [TestCase(403, "pods \"a\" is forbidden: exceeded quota: small", null, "pods \"a\" is forbidden: exceeded quota: small")]
    [TestCase(403, "user may not create pods.", null, "user may not create pods")]
    [TestCase(201, "", PodSecurityFacts.Nothing, null)]
    public async Task What_is_enforced_shows_in_what_becomes_of_that_pod(int status, string message, string? enforced, string? refusal, CancellationToken cancellationToken)
    {
        var facts = await new Api { PodStatus = status, PodMessage = message }.TakeAsync(cancellationToken);

        Assert.That((facts.Enforced, facts.Refusal), Is.EqualTo((enforced, refusal)));
    }

    [Test]
    public async Task A_server_that_takes_any_level_has_no_such_admission(CancellationToken cancellationToken)
    {
        var facts = await new Api { Status = 200, Answer = """{"metadata":{"name":"vault"}}""" }.TakeAsync(cancellationToken);

        Assert.That((facts.Active, facts.Warnings, facts.Problem), Is.EqualTo(((bool?)false, (IReadOnlyList<string>?)null, (string?)null)));
    }

    [TestCase(403, """{"kind":"Status","message":"namespaces \"vault\" is forbidden"}""")]
    [TestCase(422, """{"kind":"Status","message":"refused by a policy of ours"}""")]
    [TestCase(400, """{"kind":"Status","message":"admission webhook does not support dry run"}""")]
    public async Task Any_other_answer_leaves_it_open(int status, string answer, CancellationToken cancellationToken)
    {
        var facts = await new Api { Status = status, Answer = answer }.TakeAsync(cancellationToken);

        Assert.That((facts.Active, facts.Warnings), Is.EqualTo(((bool?)null, (IReadOnlyList<string>?)null)));
        Assert.That(facts.Problem, Is.Not.Empty);
    }

    [TestCase("299 - \"a\"", "a")]
    [TestCase("299 - \"a\", 299 - \"b\"", "a|b")]
    [TestCase("299 - \"say \\\"so\\\"\"", "say \"so\"")]
    [TestCase("odd", "odd")]
    [TestCase("299 - \"never ends", "299 - \"never ends")]
    [TestCase("", "")]
    public void A_header_may_hold_several_warnings(string header, string texts) =>
        Assert.That(string.Join('|', WarningText.List(header)), Is.EqualTo(texts));

    private sealed class Api
    {
        public string[] Warnings { get; init; } = [];

        public int PodStatus { get; init; } = 201;

        public string PodMessage { get; init; } = "";

        public int Status { get; init; } = 422;

        public string Answer { get; init; } = Refusal;

        public List<string> Bodies { get; } = [];

        public async Task<PodSecurityFacts> TakeAsync(CancellationToken cancellationToken)
        {
            await using var server = await FakeApiServer.StartAsync(routes =>
            {
                routes.MapGet("/version", context => context.Response.WriteAsync("""{"major":"1","minor":"34+"}""", context.RequestAborted));
                routes.MapPost("/api/v1/namespaces/vault/pods", CreateAsync);
                routes.MapPatch("/api/v1/namespaces/vault", PatchAsync);
            });
            return await new PodSecurityProbe(server.Client, "vault").TakeAsync("release", cancellationToken);
        }

        private async Task CreateAsync(HttpContext context)
        {
            await ReadAsync(context);
            context.Response.StatusCode = PodStatus;
            await context.Response.WriteAsync(PodStatus == 201 ? """{"metadata":{"name":"a"}}""" : JsonSerializer.Serialize(new { kind = "Status", message = PodMessage }), context.RequestAborted);
        }

        private async Task<string> ReadAsync(HttpContext context)
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            Bodies.Add($"{context.Request.QueryString.Value?.TrimStart('?')} {body}");
            return body;
        }

        private async Task PatchAsync(HttpContext context)
        {
            var body = await ReadAsync(context);
            if (body.Contains("vault-conformance-asks", StringComparison.Ordinal))
            {
                context.Response.StatusCode = Status;
                await context.Response.WriteAsync(Answer, context.RequestAborted);
                return;
            }

            context.Response.Headers.Append("Warning", new Microsoft.Extensions.Primitives.StringValues(Warnings));
            await context.Response.WriteAsync("""{"metadata":{"name":"vault"}}""", context.RequestAborted);
        }
    }
}
