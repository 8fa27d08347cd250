using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using VaultConformance.OfflineKit.Building;

namespace VaultConformance.OfflineKit.Tests.Building;

public sealed class RegistryReachabilityTests
{
    [Test]
    public async Task A_registry_that_asks_for_a_token_answers()
    {
        var answer = await AskAsync(_ =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.Unauthorized);
            response.Headers.WwwAuthenticate.Add(new AuthenticationHeaderValue("Bearer", "realm=\"x\""));
            return Task.FromResult(response);
        });

        Assert.That(answer.Answers, Is.True);
    }

    [TestCase(HttpStatusCode.Forbidden)]
    [TestCase(HttpStatusCode.BadGateway)]
    [TestCase(HttpStatusCode.OK)]
    [TestCase(HttpStatusCode.Unauthorized)]
    public async Task A_proxy_that_answers_in_its_place_is_no_registry(HttpStatusCode status)
    {
        var answer = await AskAsync(_ => Task.FromResult(new HttpResponseMessage(status)));

        Assert.That(answer, Is.EqualTo(new RegistryAnswer("registry.example", Answers: false, $"something else answered with HTTP {(int)status}")));
    }

    [Test]
    public async Task A_name_that_does_not_resolve_is_the_reason()
    {
        var answer = await AskAsync(_ => throw new HttpRequestException("Name or service not known"));

        Assert.That(answer.Detail, Is.EqualTo("Name or service not known"));
    }

    [Test]
    public async Task A_network_that_swallows_everything_costs_the_limit_only()
    {
        var clock = new FakeTimeProvider();
        using var client = new HttpClient(new Handler(_ => new TaskCompletionSource<HttpResponseMessage>().Task));
        var asking = new RegistryReachability(client, clock).AskAsync(["registry.example"], CancellationToken.None);

        clock.Advance(RegistryReachability.Limit);

        Assert.That((await asking.WaitAsync(TimeSpan.FromSeconds(10))).Single().Detail, Is.EqualTo("no answer within 3 s"));
    }

    [Test]
    public async Task The_user_can_end_the_question()
    {
        using var client = new HttpClient(new Handler(_ => new TaskCompletionSource<HttpResponseMessage>().Task));
        using var stop = new CancellationTokenSource();
        var asking = new RegistryReachability(client, new FakeTimeProvider()).AskAsync(["registry.example"], stop.Token);

        await stop.CancelAsync();

        await Assert.ThatAsync(() => asking, Throws.InstanceOf<OperationCanceledException>());
    }

    private static async Task<RegistryAnswer> AskAsync(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer)
    {
        using var client = new HttpClient(new Handler(answer));
        return (await new RegistryReachability(client, TimeProvider.System).AskAsync(["registry.example"], CancellationToken.None)).Single();
    }

    private sealed class Handler(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request);
    }
}
