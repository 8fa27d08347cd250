#pragma warning disable RS0030 // Here alone: NUnit's insides change with its versions.
using System.Reflection;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;

namespace VaultConformance.Controls.Bridge;

/// <summary>Makes a fixture of a class, or one without tests.</summary>
public abstract class ControlFamilyAttribute : NUnitAttribute, IFixtureBuilder2
{
    /// <summary>True when none of its tests is to be seen.</summary>
    private protected abstract bool IsLeftOut { get; }

    /// <inheritdoc />
    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo) => BuildFrom(typeInfo, new Every(true));

    /// <inheritdoc />
    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo, IPreFilter filter) =>
        [new NUnitTestFixtureBuilder().BuildFrom(typeInfo, IsLeftOut ? new Every(false) : filter)];

    private sealed class Every(bool isWanted) : IPreFilter
    {
        public bool IsMatch(Type type) => isWanted;

        public bool IsMatch(Type type, MethodInfo method) => isWanted;
    }
}
