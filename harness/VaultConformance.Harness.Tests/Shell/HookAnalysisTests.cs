using VaultConformance.Harness.Shell;

namespace VaultConformance.Harness.Tests.Shell;

public sealed class HookAnalysisTests
{
    [TestCase("sleep 5 && kill -SIGTERM $(pidof vault)", "sleep,kill,pidof", Description = "the chart's hook")]
    [TestCase("a | b; c || d & e\nf", "a,b,c,d,e,f")]
    [TestCase("X=1 run it", "run")]
    [TestCase("if test -e x; then echo y; else false; fi", "test,echo,false")]
    [TestCase("for p in /proc/[0-9]*; do read -r c < $p/comm && [ \"$c\" = vault ] && kill -TERM ${p#/proc/}; done", "read,[,kill")]
    [TestCase("case $x in a|b) one;; *) two ;; esac; three", "one,two,three")]
    [TestCase("while true; do { one; (two); }; done", "true,one,two")]
    [TestCase("echo \"$(inner \"quoted words\")\" 'not a; command' `old`", "inner,old,echo")]
    [TestCase("one >/dev/null 2>&1; >out two", "one,two")]
    [TestCase("one # two; three\nfour", "one,four")]
    [TestCase("! grep -q x file", "grep")]
    [TestCase("echo $((1 + (2)))", "echo")]
    [TestCase("", "")]
    [TestCase("cat <<EOF\nnot a command\nEOF\nkill 1", "cat,kill", Description = "what a here document holds is input")]
    [TestCase("timeout 5 pidof vault", "timeout,pidof")]
    [TestCase("timeout -s KILL -k 2 5 pidof vault", "timeout,pidof")]
    [TestCase("exec pkill vault", "exec,pkill")]
    [TestCase("env -u X A=1 pidof vault", "env,pidof")]
    [TestCase("pidof vault | xargs -n 1 kill -TERM", "pidof,xargs,kill")]
    [TestCase("nice -n 5 nohup pidof vault", "nice,nohup,pidof")]
    [TestCase("sh -c 'pidof vault'", "sh,pidof")]
    [TestCase("busybox sh -c 'pidof vault'", "busybox,pidof")]
    [TestCase("eval 'pidof vault'", "eval,pidof")]
    [TestCase("stop() { pidof vault; }; stop", "pidof", Description = "a function is no program")]
    [TestCase("command -v pidof && kill 1", "command,kill")]
    public void Command_words_of_a_script_are_found(string script, string expected)
    {
        var analysis = Of(script);

        Assert.That(analysis.Words.Skip(1), Is.EquivalentTo(expected.Split(',', StringSplitOptions.RemoveEmptyEntries)));
        Assert.That(analysis.Doubts, Is.Empty);
    }

    [TestCase("$COMMAND x", "a command that depends on a variable")]
    [TestCase("\"$HOME/bin/y\"", "a command that depends on a variable")]
    [TestCase("$P vault", "a command that depends on a variable")]
    [TestCase("busybox pidof vault", "the applet 'pidof' of busybox")]
    [TestCase("eval \"$X\"", "what 'eval' runs")]
    [TestCase(". /scripts/stop.sh", "what '.' runs")]
    [TestCase("sh /scripts/stop.sh", "what 'a shell' runs")]
    [TestCase("sh <<EOF\nkill 1\nEOF", "what 'a shell' runs")]
    [TestCase("xargs $OPTIONS kill", "a command that depends on a variable")]
    public void What_cannot_be_looked_up_is_a_doubt(string script, string doubt) => Assert.That(Of(script).Doubts, Does.Contain(doubt));

    [Test]
    public void Substitutions_that_nobody_would_nest_so_deeply_are_a_doubt() =>
        Assert.That(Of(string.Concat(Enumerable.Repeat("$(", 5000))).Doubts, Has.Some.StartsWith("what"));

    [TestCase("sleep 5", 5)]
    [TestCase("sleep 1m", 60)]
    [TestCase("sleep \"90\"", 90)]
    [TestCase("sleep '1.5m' 10s", 100)]
    [TestCase("sleep 1h; kill 1", 3600)]
    [TestCase("sleep 5 && kill -TERM $(pidof vault)", 5)]
    [TestCase("kill -TERM $(pidof vault); sleep 60", 0, Description = "the shutdown is under way")]
    [TestCase("timeout 3 sleep 60; kill 1", 3)]
    [TestCase("sleep 60 & kill 1", 0)]
    [TestCase("sh -c 'sleep 7'; kill 1", 7)]
    [TestCase("for p in /proc/[0-9]*; do read -r n < $p/comm && [ $n = vault ] && kill -TERM ${p#/proc/}; done; while true; do sleep 1; done", 0)]
    public void The_time_before_the_signal_is_added_up(string script, double seconds)
    {
        var time = Of(script).Time;

        Assert.That((time.AtLeast, time.AtMost, time.Doubts.Count), Is.EqualTo((seconds, seconds, 0)));
    }

    [TestCase("sleep $X; kill 1", "a sleep whose time is not written in it")]
    [TestCase("sleep ${GRACE:-5}; kill 1", "a sleep whose time is not written in it")]
    [TestCase("sleep; kill 1", "a sleep whose time is not written in it")]
    [TestCase("while pidof vault; do sleep 1; done", "a sleep in a loop")]
    [TestCase("until false; do :; done; kill 1", "a loop that runs until a condition holds")]
    [TestCase("for i in 1 2 3; do sleep 10; done; kill 1", "a sleep in a loop")]
    [TestCase("vault operator step-down; kill 1", "the command 'vault'")]
    [TestCase("curl http://x; kill 1", "the command 'curl'")]
    [TestCase("stop() { sleep 60; }; stop; kill 1", "the function 'stop'")]
    [TestCase("kill -0 1; wait", "the command 'wait'")]
    public void Time_that_is_not_known_is_a_doubt(string script, string doubt) => Assert.That(Of(script).Time.Doubts, Does.Contain(doubt));

    [Test]
    public void Time_under_a_condition_can_pass_and_need_not()
    {
        var time = Of("pidof vault || sleep 60; kill 1").Time;

        Assert.That((time.AtLeast, time.AtMost), Is.EqualTo((0, 60)));
    }

    [Test]
    public void A_hook_without_a_shell_counts_its_program() => Assert.That(HookAnalysis.From(["/bin/vault", "step-down"]).Words, Is.EqualTo((string[])["/bin/vault"]));

    [Test]
    public void No_hook_is_no_word() => Assert.That(HookAnalysis.From([]).Words, Is.Empty);

    private static HookAnalysis Of(string script) => HookAnalysis.From(["/bin/sh", "-ec", script]);
}
