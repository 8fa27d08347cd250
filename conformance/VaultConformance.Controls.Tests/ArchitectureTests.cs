using System.Reflection;
using VaultConformance.Controls.Framework;
using VaultConformance.Controls.Suite;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.OfflineKit.Engine;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Controls.Tests;

/// <summary>The one direction between the rooms.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Harness = typeof(Target).Assembly;
    private static readonly Assembly Reporting = typeof(ControlDescriptor).Assembly;
    private static readonly Assembly Kit = typeof(DockerEngine).Assembly;
    private static readonly Assembly Runs = typeof(IJudge).Assembly;
    private static readonly Assembly Judging = typeof(Judgement).Assembly;
    private static readonly Assembly Suite = typeof(ConformanceSuite).Assembly;

    private static readonly IReadOnlyDictionary<Assembly, Assembly[]> MayUse = new Dictionary<Assembly, Assembly[]>
    {
        [Harness] = [],
        [Reporting] = [],
        [Kit] = [Harness],
        [Runs] = [Harness, Reporting, Kit],
        [Judging] = [Harness, Reporting],
        [Suite] = [Judging, Runs, Harness, Reporting],
    };

    [Test]
    public void Rooms_use_each_other_in_one_direction()
    {
        var ours = MayUse.Keys.Select(room => room.GetName().Name).ToList();
        Assert.Multiple(() =>
        {
            foreach (var (room, allowed) in MayUse)
            {
                Assert.That(References(room).Where(ours.Contains), Is.SubsetOf(allowed.Select(other => other.GetName().Name)), room.GetName().Name);
            }
        });
    }

    [Test]
    public void Only_the_suite_knows_NUnit() =>
        Assert.That(MayUse.Keys.Where(room => References(room).Any(name => name!.StartsWith("nunit", StringComparison.Ordinal))), Is.EqualTo(new[] { Suite }));

    /// <summary>The compiler bans them by BannedSymbols.txt; what is left to forbid is to switch the ban off elsewhere.</summary>
    [Test]
    public void Inner_namespaces_of_NUnit_are_used_in_one_folder()
    {
        var users = new[] { "conformance", "harness", "fixtures", "benchmarks" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => File.ReadLines(file).Any(line => line.StartsWith("using NUnit.Framework.I", StringComparison.Ordinal) || line.StartsWith("#pragma warning disable RS0030", StringComparison.Ordinal)))
            .Select(file => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Replace('\\', '/'));

        Assert.That(users.Distinct(), Is.EqualTo(new[] { "conformance/VaultConformance.Controls/Bridge" }));
        Assert.That(File.ReadLines(Repository.File("BannedSymbols.txt")), Has.Some.StartsWith("N:NUnit.Framework.Internal;").And.Some.StartsWith("N:NUnit.Framework.Interfaces;"));
    }

    [Test]
    public void Reporting_knows_no_cluster() =>
        Assert.That(References(Reporting), Has.None.StartsWith("KubernetesClient").And.None.StartsWith("Testcontainers"));

    [Test]
    public void What_judges_uses_no_cluster_client_no_process_and_no_http_of_its_own()
    {
        // Kubernetes' object model is vocabulary and allowed; the client is not. The compiler checks the same by BannedSymbols.Suite.txt.
        foreach (var room in new[] { Suite, Judging })
        {
            Assert.That(References(room), Has.None.EqualTo("CliWrap").And.None.StartsWith("Testcontainers").And.None.EqualTo("System.Net.Http"));
            Assert.That(References(room), Has.None.EqualTo("System.Diagnostics.Process"));
        }
    }

    [Test]
    public void Every_fixture_is_below_the_namespace_of_the_set_up()
    {
        var fixtures = Suite.GetTypes().Where(type => type.GetMethods().Any(IsTest)).ToList();

        Assert.That(fixtures, Is.Not.Empty);
        Assert.That(fixtures.Select(fixture => fixture.Namespace), Has.All.StartsWith(typeof(SuiteSetup).Namespace!));
        Assert.That(fixtures.Where(fixture => (!fixture.IsSubclassOf(typeof(ControlFixture)) && fixture != typeof(VerdictTests)) || !fixture.IsPublic), Is.Empty);
    }

    [Test]
    public void Every_test_of_the_suite_is_a_control_or_the_verdict()
    {
        var tests = Suite.GetTypes().Where(type => type != typeof(VerdictTests)).SelectMany(type => type.GetMethods()).Where(IsTest);

        Assert.That(tests.Where(test => !test.IsDefined(typeof(ControlAttribute), inherit: false)), Is.Empty);
    }

    // NUnit makes a test of every method whose attribute is one of these; by name, because only the bridge may use its inner namespaces.
    private static bool IsTest(MethodInfo method) => method.GetCustomAttributes(inherit: false)
        .Any(attribute => Array.Exists(attribute.GetType().GetInterfaces(), door => door.Name is "ISimpleTestBuilder" or "ITestBuilder"));

    private static IEnumerable<string?> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name);
}
