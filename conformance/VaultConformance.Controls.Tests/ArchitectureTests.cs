using System.Reflection;
using NUnit.Framework.Interfaces;
using VaultConformance.Controls.Framework;
using VaultConformance.Controls.Suite;
using VaultConformance.Harness.Targets;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Tests;

/// <summary>The one direction between the rooms.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Harness = typeof(Target).Assembly;
    private static readonly Assembly Reporting = typeof(ControlDescriptor).Assembly;
    private static readonly Assembly Suite = typeof(ConformanceSuite).Assembly;

    [Test]
    public void Harness_and_reporting_know_neither_each_other_nor_NUnit()
    {
        Assert.That(References(Harness), Has.None.StartsWith("nunit").And.None.EqualTo(Reporting.GetName().Name));
        Assert.That(References(Reporting), Has.None.StartsWith("nunit").And.None.EqualTo(Harness.GetName().Name));
        Assert.That(References(Reporting), Has.None.StartsWith("KubernetesClient").And.None.StartsWith("Testcontainers"));
    }

    [Test]
    public void Suite_uses_no_cluster_client_no_process_and_no_http_of_its_own()
    {
        // Kubernetes' object model is vocabulary and allowed; the client is not. The compiler checks the same by BannedSymbols.Suite.txt.
        Assert.That(References(Suite), Has.None.EqualTo("CliWrap").And.None.StartsWith("Testcontainers").And.None.EqualTo("System.Net.Http"));
        Assert.That(References(Suite), Has.None.EqualTo("System.Diagnostics.Process"));
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

    private static bool IsTest(MethodInfo method) => method.GetCustomAttributes(inherit: false).Any(attribute => attribute is ISimpleTestBuilder or ITestBuilder);

    private static IEnumerable<string?> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name);
}
