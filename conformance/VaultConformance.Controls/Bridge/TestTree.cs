#pragma warning disable RS0030 // Here alone: NUnit's insides change with its versions.
using System.Reflection;
using NUnit;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;

namespace VaultConformance.Controls.Bridge;

/// <summary>Tests that are run in this process, by NUnit's own runner.</summary>
internal sealed class TestTree
{
    private readonly NUnitTestAssemblyRunner _runner;
    private readonly ITest _root;

    private TestTree(ITestAssemblyBuilder builder, Assembly assembly)
    {
        _runner = new NUnitTestAssemblyRunner(builder);
        _root = _runner.Load(assembly, new Dictionary<string, object>
        {
            // One worker: controls share one system, and judging is fast. The observations themselves are taken in parallel by the harness.
            [FrameworkPackageSettings.NumberOfTestWorkers] = 0,
            [FrameworkPackageSettings.SynchronousEvents] = true,
        });
    }

    /// <summary>All tests of an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    public static TestTree GetFor(Assembly assembly) => new(new DefaultTestAssemblyBuilder(), assembly);

    /// <summary>The tests of one fixture.</summary>
    /// <param name="fixture">The fixture.</param>
    public static TestTree GetFor(Type fixture) => new(new OneFixture(fixture), fixture.Assembly);

    /// <summary>Attaches an object to all tests.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="attached">The object.</param>
    public void Attach<T>(T attached)
        where T : class => Attachment<T>.To(_root, attached);

    /// <summary>Runs the tests that have one of the given values of a property, and blocks until they have ended.</summary>
    /// <param name="property">Name of the property.</param>
    /// <param name="values">The values.</param>
    public TestPass Run(string property, IEnumerable<string> values)
    {
        var alternatives = values.Select(value => $"<prop name='{property}'>{value}</prop>");
        return new TestPass(_runner.Run(TestListener.NULL, TestFilter.FromXml($"<filter><or>{string.Concat(alternatives)}</or></filter>")));
    }

    private sealed class OneFixture(Type fixture) : ITestAssemblyBuilder
    {
        public ITest Build(Assembly assembly, IDictionary<string, object> options)
        {
            var root = new TestAssembly(assembly, assembly.GetName().Name!);
            root.Add(new DefaultSuiteBuilder().BuildFrom(new TypeWrapper(fixture)));
            return root;
        }

        public ITest Build(string assemblyName, IDictionary<string, object> options) => throw new NotSupportedException();
    }
}

/// <summary>The outcome of one run of a tree.</summary>
/// <param name="result">NUnit's result of the whole tree.</param>
internal sealed class TestPass(ITestResult result)
{
    /// <summary>NUnit's result of the whole tree.</summary>
    public ITestResult Result => result;

    /// <summary>What NUnit says of the test with a value of a property; null when there is none.</summary>
    /// <param name="property">Name of the property.</param>
    /// <param name="value">The value.</param>
    public string? ExplainMissing(string property, string value) => Leaves(result)
        .Where(leaf => Equals(leaf.Test.Properties.Get(property), value))
        .Select(leaf => $"{leaf.ResultState}: {leaf.Message}")
        .FirstOrDefault();

    private static IEnumerable<ITestResult> Leaves(ITestResult result) =>
        result.Test.IsSuite ? result.Children.SelectMany(Leaves) : [result];
}
