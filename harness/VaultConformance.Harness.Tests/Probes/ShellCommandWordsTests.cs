using VaultConformance.Harness.Probes.Passive;

namespace VaultConformance.Harness.Tests.Probes;

public sealed class ShellCommandWordsTests
{
    [TestCase("sleep 5 && kill -SIGTERM $(pidof vault)", "sleep,kill,pidof", Description = "the chart's hook")]
    [TestCase("a | b; c || d & e\nf", "a,b,c,d,e,f")]
    [TestCase("X=1 run it", "run")]
    [TestCase("if test -e x; then echo y; else false; fi", "test,echo,false")]
    [TestCase("for p in /proc/[0-9]*; do read -r c < $p/comm && [ \"$c\" = vault ] && kill -TERM ${p#/proc/}; done", "read,[,kill")]
    [TestCase("case $x in a|b) one;; *) two ;; esac; three", "one,two,three")]
    [TestCase("while true; do { one; (two); }; done", "true,one,two")]
    [TestCase("echo \"$(inner \"quoted words\")\" 'not a; command' `old`", "inner,old,echo")]
    [TestCase("$COMMAND x; \"$HOME/bin/y\"", "")]
    [TestCase("one >/dev/null 2>&1; >out two", "one,two")]
    [TestCase("one # two; three\nfour", "one,four")]
    [TestCase("! grep -q x file", "grep")]
    [TestCase("echo $((1 + (2)))", "echo")]
    [TestCase("", "")]
    public void Command_words_of_a_script_are_found(string script, string expected) =>
        Assert.That(ShellCommandWords.OfScript(script), Is.EquivalentTo(expected.Split(',', StringSplitOptions.RemoveEmptyEntries)));

    [Test]
    public void A_hook_through_a_shell_counts_the_shell_and_what_it_runs() =>
        Assert.That(ShellCommandWords.Of(["/bin/sh", "-ec", "sleep 5"]), Is.EqualTo((string[])["/bin/sh", "sleep"]));

    [Test]
    public void A_hook_without_a_shell_counts_its_program() =>
        Assert.That(ShellCommandWords.Of(["/bin/vault", "step-down"]), Is.EqualTo((string[])["/bin/vault"]));
}
