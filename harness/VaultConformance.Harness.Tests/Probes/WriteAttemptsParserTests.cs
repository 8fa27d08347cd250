using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Passive;

namespace VaultConformance.Harness.Tests.Probes;

public sealed class WriteAttemptsParserTests
{
    [TestCase("sh: can't create /bin/.vc: Read-only file system", WriteResult.ReadOnlyFileSystem, Description = "busybox")]
    [TestCase("sh: 26: cannot create /bin/.vc: Read-only file system", WriteResult.ReadOnlyFileSystem, Description = "dash")]
    [TestCase("sh: line 26: /bin/.vc: Read-only file system", WriteResult.ReadOnlyFileSystem, Description = "bash")]
    [TestCase("sh: can't create /dev/.vc: Permission denied", WriteResult.PermissionDenied)]
    [TestCase("sh: can't create /dev/.vc: Operation not permitted", WriteResult.PermissionDenied)]
    [TestCase("sh: can't create /proc/.vc: nonexistent directory", WriteResult.NotFound, Description = "busybox")]
    [TestCase("sh: 1: cannot create /proc/.vc: Directory nonexistent", WriteResult.NotFound, Description = "dash")]
    [TestCase("sh: line 1: /proc/.vc: No such file or directory", WriteResult.NotFound, Description = "bash")]
    [TestCase("sh: can't create /x/.vc: No space left on device", WriteResult.Other)]
    [TestCase("sh: can't create /: Read-only file system/.vc: Permission denied", WriteResult.PermissionDenied, Description = "a path that imitates a message")]
    [TestCase("", WriteResult.Other)]
    public void Read_only_is_told_from_forbidden_by_the_end_of_the_shells_message(string message, WriteResult expected) =>
        Assert.That(WriteAttemptsParser.ClassifyRefusal(message), Is.EqualTo(expected));
}
