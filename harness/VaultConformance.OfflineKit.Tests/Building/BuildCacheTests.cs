using VaultConformance.Harness.Tests;
using VaultConformance.Harness.Waiting;
using VaultConformance.OfflineKit.Building;

namespace VaultConformance.OfflineKit.Tests.Building;

public sealed class BuildCacheTests
{
    private static readonly ContentKey Key = new ContentKey().Add("inputs");

    [Test]
    public async Task A_result_is_built_once()
    {
        using var folder = new TemporaryFolder();
        var builds = 0;
        Task<KitResult> GetAsync() => Cache(folder).GetOrBuildAsync("thing", Key, (output, _) => WriteAsync(output, ++builds), CancellationToken.None);

        var (first, second) = (await GetAsync(), await GetAsync());

        Assert.That((builds, first.FromCache, second.FromCache), Is.EqualTo((1, false, true)));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(second.Location, "result")), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_build_that_fails_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();

        await Assert.ThatAsync(
            () => Cache(folder).GetOrBuildAsync(
                "thing",
                Key,
                async (output, _) =>
                {
                    await WriteAsync(output, 1);
                    throw new InvalidOperationException("half way");
                },
                CancellationToken.None),
            Throws.TypeOf<InvalidOperationException>());

        Assert.That(Directory.EnumerateDirectories(Path.Combine(folder.Path, "thing")), Is.Empty);
    }

    [Test]
    public async Task A_build_that_is_interrupted_at_its_very_end_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();

        await Assert.ThatAsync(
            () => Cache(folder).GetOrBuildAsync("thing", Key, async (output, _) => { await WriteAsync(output, 1); await stop.CancelAsync(); }, stop.Token),
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(Directory.EnumerateDirectories(Path.Combine(folder.Path, "thing")), Is.Empty);
    }

    [Test]
    public async Task What_a_killed_process_left_is_removed_and_never_taken_for_a_result()
    {
        using var folder = new TemporaryFolder();
        folder.Write("thing/.building-0123/result", "half");
        folder.Write("thing/.building-0123-temporary/big", "half");

        var result = await Cache(folder).GetOrBuildAsync("thing", Key, (output, _) => WriteAsync(output, 2), CancellationToken.None);

        Assert.That(Directory.EnumerateDirectories(Path.Combine(folder.Path, "thing")), Is.EqualTo((string[])[result.Location]));
    }

    [Test]
    public async Task Two_that_want_the_same_at_once_build_it_once()
    {
        using var folder = new TemporaryFolder();
        var builds = 0;
        var mayEnd = new TaskCompletionSource();
        async Task BuildAsync(string output, CancellationToken cancellationToken)
        {
            await WriteAsync(output, Interlocked.Increment(ref builds));
            await mayEnd.Task;
        }

        var first = Cache(folder).GetOrBuildAsync("thing", Key, BuildAsync, CancellationToken.None);
        var second = Cache(folder).GetOrBuildAsync("thing", Key, BuildAsync, CancellationToken.None);
        mayEnd.SetResult();
        var results = await Task.WhenAll(first, second);

        Assert.That((builds, results[0].Location == results[1].Location), Is.EqualTo((1, true)));
    }

    private static BuildCache Cache(TemporaryFolder folder) => new(folder.Path, new Wait(TimeProvider.System));

    private static Task WriteAsync(string output, int number) => File.WriteAllTextAsync(Path.Combine(output, "result"), $"{number}");
}
