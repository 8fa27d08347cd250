using System.Reflection;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;

namespace VaultConformance.Controls.Framework;

/// <summary>Marks the fixture of a family of controls. A test runner that was told nothing to judge sees none of its tests; one test alone then says what to set.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FamilyAttribute : NUnitAttribute, IFixtureBuilder2
{
    /// <inheritdoc />
    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo) => BuildFrom(typeInfo, new Every(true));

    /// <inheritdoc />
    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo, IPreFilter filter) =>
        [new NUnitTestFixtureBuilder().BuildFrom(typeInfo, IsToldNothing() ? new Every(false) : filter)];

    // Started by itself the suite is run by a test runner; within another program a run brings its own session.
    private static bool IsToldNothing() =>
        Assembly.GetEntryAssembly() == typeof(FamilyAttribute).Assembly && !SuiteConfiguration.IsGiven(Environment.GetEnvironmentVariable);

    private sealed class Every(bool isWanted) : IPreFilter
    {
        public bool IsMatch(Type type) => isWanted;

        public bool IsMatch(Type type, MethodInfo method) => isWanted;
    }
}
