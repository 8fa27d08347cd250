using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Tests.Engine;

/// <summary>Refused, over SSH, without rights, absent: each has its own sentence.</summary>
public sealed class EngineMessagesTests
{
    private static readonly LinuxHost Debian = new(["debian"], IsRoot: false, HasSystemd: true);

    [Test]
    public void An_engine_that_the_user_chose_and_that_refuses_names_what_it_said() =>
        Assert.That(
            EngineMessages.CreateChosenEngineSilent(See("tcp://127.0.0.1:1", "Connection refused")).Message,
            Is.EqualTo("No Docker engine answers at tcp://127.0.0.1:1: Connection refused. DOCKER_HOST chose this engine, so none is set up here. "
                + "Start it, or unset DOCKER_HOST."));

    [Test]
    public void An_engine_over_ssh_says_how_to_forward_its_socket() =>
        Assert.That(
            EngineMessages.CreateChosenEngineSilent(See("ssh://host", "whatever the client says")).Message,
            Does.StartWith("DOCKER_HOST is 'ssh://host', and engines over SSH are not supported. Forward the engine's socket ('ssh -L ")
                .And.Not.Contain("whatever"));

    [Test]
    public void A_user_without_rights_is_told_about_the_group_and_not_about_starting_one() =>
        Assert.That(
            EngineMessages.CreateForbidden(See("unix:///var/run/docker.sock", "permission denied") with { IsForbidden = true }, "alice").Message,
            Is.EqualTo("The user 'alice' may not talk to the Docker engine at unix:///var/run/docker.sock: permission denied. Run as root, or add "
                + "the user to the group 'docker' ('sudo usermod --append --groups docker alice') and log in again."));

    [TestCase(true, "A run as root starts one, unless --no-setup forbids it. By hand: run 'sudo systemctl start docker'.")]
    [TestCase(false, "A run as root installs and starts one, unless --no-setup forbids it. By hand: run 'sudo apt-get install --yes docker.io' and 'sudo systemctl start docker'.")]
    public void A_doctor_says_what_a_run_would_do_and_what_to_type(bool installed, string advice) =>
        Assert.That(
            EngineMessages.CreateMissing(See("unix:///var/run/docker.sock", "Connection refused"), installed, Debian).Message,
            Does.EndWith(advice));

    private static EngineStatus.Unreachable See(string endpoint, string reason) =>
        new(new EngineEndpoint(new Uri(endpoint), IsChosen: true), reason);
}
