using VaultConformance.Cli.Tests.Support;

namespace VaultConformance.Cli.Tests;

/// <summary>Each wrong input has one clear message and exit code 3, and nothing is started or left.</summary>
public sealed class BadInputTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp()
    {
        _app = new TestApp();
        _app.WriteWork("chart/Chart.yaml", "name: vault\n");
    }

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [TestCase("--values nope.yaml", "--values: file 'nope.yaml' does not exist")]
    [TestCase("--values .", "--values: '.' is a folder, not a file")]
    [TestCase("--patch nope.yaml", "--patch: file 'nope.yaml' does not exist")]
    [TestCase("--image-archive nope.tar", "--image-archive: file 'nope.tar' does not exist")]
    [TestCase("--chart ./nope", "--chart: Chart './nope' was not found. Give an existing directory or .tgz file, oci://host/path/chart, https://repository/chart, hashicorp/vault or openbao/openbao.")]
    [TestCase("--chart values.yaml", "--chart: 'values.yaml' is not a Helm chart: it is not a gzip archive (.tgz)")]
    [TestCase("--chart chart --chart-version 1.0", "--chart-version: version '1.0' cannot be chosen for 'chart', which is one version; leave the option out")]
    [TestCase("--kubeconfig values.yaml", "--kubeconfig: needs --context: name the context too ('current' takes the file's current one); no context is ever assumed")]
    [TestCase("--context prod", "--context: needs --kubeconfig: name the kubeconfig too; none is ever assumed")]
    [TestCase("--kubeconfig nope --context prod", "--kubeconfig: file 'nope' does not exist")]
    [TestCase("--kubeconfig values.yaml --context prod --node-ulimit core=0:0", "--node-ulimit: belongs to a cluster that is started for the run, not to an existing one; leave it or --kubeconfig out")]
    [TestCase("--kubeconfig values.yaml --context prod --offline", "--offline: starts a cluster without a registry and cannot be used with --kubeconfig; name --chart and --vault-image that the existing cluster can reach")]
    [TestCase("--offline --chart hashicorp/vault", "--offline: contradicts --chart 'hashicorp/vault', which comes from the network; give a chart directory or .tgz file")]
    [TestCase("--offline --chart oci://host/vault", "--offline: contradicts --chart 'oci://host/vault', which comes from the network; give a chart directory or .tgz file")]
    [TestCase("--node-ulimit core", "--node-ulimit: Node ulimit 'core' is malformed.")]
    [TestCase("--node-ulimit core=1:0", "--node-ulimit: Node ulimit 'core=1:0' is malformed.")]
    [TestCase("--node-ulimit core=0 --node-ulimit core=1", "--node-ulimit: 'core' is given more than once")]
    [TestCase("--timeout 5", "--timeout: '5' has no unit; write 5s, 5m or 5h")]
    [TestCase("--timeout 0", "--timeout: '0' is not a duration from 1s to 24h; write for example 90s, 15m or 1h30m")]
    [TestCase("--timeout 0s", "--timeout: '0s' is not a duration from 1s to 24h; write for example 90s, 15m or 1h30m")]
    [TestCase("--timeout 25h", "--timeout: '25h' is not a duration from 1s to 24h; write for example 90s, 15m or 1h30m")]
    [TestCase("--timeout 99999999999999999s", "--timeout: '99999999999999999s' is not a duration from 1s to 24h; write for example 90s, 15m or 1h30m")]
    [TestCase("--timeout 1m --timeout 2m", "--timeout: is given 2 times; it takes one value")]
    [TestCase("--only CORE-99", "--only: there is no control or family 'CORE-99'")]
    [TestCase("--only CORR", "--only: there is no control or family 'CORR' (did you mean 'CORE'?); the verb 'controls' lists them")]
    [TestCase("--skip nothing-like-it", "--skip: there is no control or family 'nothing-like-it'; the verb 'controls' lists them")]
    [TestCase("--only ,", "--only: a name beside a comma is missing; write for example CORE,TLS-1")]
    [TestCase("--only ,,CORE,", "--only: a name beside a comma is missing; write for example CORE,TLS-1")]
    [TestCase("--skip TLS-1,", "--skip: a name beside a comma is missing; write for example CORE,TLS-1")]
    [TestCase("--only NOPE,nope", "--only: there is no control or family 'NOPE' (did you mean 'CORE'?); the verb 'controls' lists them")]
    [TestCase("--only CORE-1 --skip CORE", "--skip: leaves no control to verify")]
    [TestCase("--profile hardend", "--profile: There is no profile 'hardend' (did you mean 'hardened'?). Known profiles: baseline@1.0, hardened@2.0. Give one of them, or the path of a profile file.")]
    [TestCase("--profile values.yaml", "--profile: Profile 'WORK/values.yaml' has 5 problems:")]
    [TestCase("--release Vault", "--release: 'Vault' must be at most 53 lower-case letters, digits and '-', and start and end with a letter or digit")]
    [TestCase("--namespace -x", "--namespace: '-x' must be at most 63 lower-case letters, digits and '-', and start and end with a letter or digit")]
    [TestCase("--namespace kube-system", "--namespace: 'kube-system' belongs to the cluster itself, and a run creates, owns and removes its namespace; choose another name, or leave the option out")]
    [TestCase("--namespace default", "--namespace: 'default' belongs to the cluster itself, and a run creates")]
    [TestCase("--namespace kube-public", "--namespace: 'kube-public' belongs to the cluster itself, and a run creates")]
    [TestCase("--namespace kube-node-lease", "--namespace: 'kube-node-lease' belongs to the cluster itself, and a run creates")]
    [TestCase("--vault-image UPPER/Case:x", "--vault-image: 'UPPER/Case:x' is not an image name; write for example registry.example/vault:1.21.4 or vault@sha256:…")]
    [TestCase("--helm ./nope", "--helm: there is no program './nope'; give the path of Helm 3 or 4, or leave the option out")]
    [TestCase("--output values.yaml", "--output: nothing can be written to 'WORK/values.yaml': 'WORK/values.yaml' is a file")]
    [TestCase("--output values.yaml/deeper", "--output: nothing can be written to 'WORK/values.yaml/deeper': 'WORK/values.yaml' is a file")]
    public Task A_wrong_option_is_refused(string line, string message) => AssertRefusedAsync(message, line.Split(' '));

    [Test]
    [Platform("Linux", Reason = "/proc is a folder where even root cannot write")]
    public Task An_output_folder_that_cannot_be_written_is_refused() =>
        AssertRefusedAsync("--output: nothing can be written to '/proc/vault-conformance': ", "--output", "/proc/vault-conformance");

    [Test]
    public async Task A_problem_is_said_once()
    {
        var result = await _app.RunAsync("run", "--release", "", "--namespace", "");

        Assert.That(result.Error, Does.StartWith("Error: There are 2 problems:\n  --release: the value is empty\n  --namespace: the value is empty\n"));
    }

    [Test]
    public Task Values_are_not_read_from_the_standard_input() =>
        AssertRefusedAsync("--values: '-' is not read from the standard input; write it to a file, and name that", "--values", "-");

    [Test]
    public async Task A_folder_in_place_of_the_settings_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(_app.WorkingFolder, "vault-conformance.yaml"));

        Assert.That((await _app.RunAsync("run")).Error, Does.Contain("vault-conformance.yaml: is a folder, not a file"));
    }

    [TestCase("server:\n  ha: {\n", "line 3: ")]
    [TestCase("server:\n\tha: x\n", "is not well-formed, line 2: it is indented with a tab; YAML takes only spaces")]
    [TestCase("server:\n  ha:\n  \tenabled: true\n", "is not well-formed, line 3: it is indented with a tab; YAML takes only spaces")]
    [TestCase("server:\n  ha: {enabled: true\n", "a '{' is not closed, or a comma is missing")]
    [TestCase("server: \"x\n", "a quotation mark is not closed")]
    [TestCase("server: a: b\n", "a ':' is not allowed here; put the text in quotes, or check the indentation")]
    [TestCase("server: @x\n", "a plain text cannot begin with this character; put it in quotes")]
    [TestCase("a: 1\n b: 2\n", "is not well-formed, line 2: ")]
    [TestCase("\0\u0001\u0002", "is not text: it holds NUL characters")]
    [TestCase("- a\n", "must hold a mapping ('key: value'), but line 1 is a list")]
    [TestCase("\n\njust text\n", "must hold a mapping ('key: value'), but line 3 is plain text")]
    [TestCase("server: {}\nui: {}\nserver:\n  ha: {}\n", "has a key twice: 'server' is given in line 1 and again in line 3. Helm takes the last and drops the first; join them")]
    [TestCase("server:\n  ha: {a: 1,\n    a: 2}\n", "has a key twice: 'a' is given in line 2 and again in line 3.")]
    [TestCase("server:\n- a: 1\n  b: 2\n  \"a\": 3\n", "has a key twice: 'a' is given in line 2 and again in line 4.")]
    [TestCase("a: 1\n---\nb: 2\n", "must hold one document, but line 2 starts another")]
    [TestCase("server: {dev: 1, dev: 2}\n", "has a key twice: 'dev' is given in line 1 twice, in columns 10 and 18.")]
    [TestCase("server:\u0085  logLevel: info\n", "holds the character U+0085 after line 1, which Helm takes for a line break and editors do not show; replace it")]
    [TestCase("server: {}\n<<: 5\n", "line 2: a merge key ('<<') takes a mapping or a list of mappings")]
    [TestCase("a: &a {b: 1}\nserver:\n  <<: [*a, x]\n", "line 3: a merge key ('<<') takes a mapping or a list of mappings")]
    [TestCase("server:\n  ha: *nope\n", "cannot be read by Helm, line 2: '*nope' repeats an anchor that is not set before it")]
    [TestCase("a: *x\nb: &x 1\n", "line 1: '*x' repeats an anchor that is not set before it")]
    [TestCase("server: &s\n  ha: *s\n", "line 2: '*s' stands within '&s', which it repeats")]
    [TestCase("server: &s\n  ha:\n  - {a: [*s]}\n", "line 3: '*s' stands within '&s', which it repeats")]
    [TestCase("? [a, b]\n: c\n", "line 1: a key must be a text, and this one is a mapping or a list")]
    [TestCase("server:\n  ? {a: b}\n  : c\n", "line 2: a key must be a text")]
    public async Task A_values_file_that_cannot_be_read_is_told_with_its_line(string text, string message)
    {
        var path = _app.WriteWork("bad.yaml", text);

        var result = await _app.RunAsync("--values", "bad.yaml");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.StartWith($"Error: --values: '{path}' ").And.Contain(message));
    }

    [TestCase("")]
    [TestCase("# expect: nothing\n")]
    [TestCase("{}")]
    [TestCase("a: &x 1\nb: *x\n")]
    [TestCase("a: &x {c: 1}\nb:\n  <<: *x\n  c: 2\n")]
    [TestCase("a: {b: 1}\nc: {b: 1}\n")]
    [TestCase("a: &x [1]\nb: [*x, {c: *x}]\nd: &x 2\ne: *x\n")]
    [TestCase("1: a\ntrue: b\n")]
    public async Task A_values_file_may_be_whatever_helm_accepts(string text)
    {
        _app.WriteWork("good.yaml", text);

        Assert.That((await _app.RunAsync("--values", "good.yaml")).Error, Is.Empty);
    }

    [TestCase("sever: {}\n", "NOTICE: 'sever' (odd.yaml line 1) is not a key of chart 'vault' 0.34.1 (did you mean 'server'?); the chart ignores it.")]
    [TestCase("server:\n  haa: {}\n", "NOTICE: 'server.haa' (odd.yaml line 2) is not a key of chart 'vault' 0.34.1 (did you mean 'server.ha'?); the chart ignores it.")]
    [TestCase("server: {ha: {enabled: tru}}\n", "NOTICE: 'server.ha.enabled' (odd.yaml line 1) is 'tru'; the chart expects true or false (did you mean 'true'?).")]
    [TestCase("server.ha.enabled: true\n", "NOTICE: 'server.ha.enabled' (odd.yaml line 1) is not a key of chart 'vault' 0.34.1 (dots are for Helm's --set; in a values file write the keys one below the other); the chart ignores it.")]
    [TestCase("server: hello\n", "NOTICE: 'server' (odd.yaml line 1) is 'hello'; the chart expects a mapping there, with keys below it.")]
    [TestCase("server: password=hunter2\n", "NOTICE: 'server' (odd.yaml line 1) is a text; the chart expects a mapping there, with keys below it.")]
    [TestCase("server: {ha: {enabled: hunter2}}\n", "NOTICE: 'server.ha.enabled' (odd.yaml line 1) is a text; the chart expects true or false.")]
    [TestCase("server: {https://me:hunter2@x/y: 1}\n", "NOTICE: 'server.https://***@x/y' (odd.yaml line 1) is not a key of chart 'vault' 0.34.1; the chart ignores it.")]
    [TestCase("server:\n  ha: true\n", "NOTICE: 'server.ha' (odd.yaml line 2) is 'true'; the chart expects a mapping there, with keys below it.")]
    [TestCase("server:\n  ha: [a]\n", "NOTICE: 'server.ha' (odd.yaml line 2) is a list; the chart expects a mapping there, with keys below it.")]
    [TestCase("", "NOTICE: 'odd.yaml' sets nothing: the chart's defaults are tested.")]
    [TestCase("# only a comment\n", "NOTICE: 'odd.yaml' sets nothing: the chart's defaults are tested.")]
    public async Task What_a_values_file_does_not_do_is_told_before_anything_starts(string text, string notice)
    {
        _app.WriteWork("odd.yaml", text);
        _app.WriteWork(Path.Combine(_app.Repository.FixtureChart, "values.yaml"), "server:\n  ha: {enabled: false}\n  logLevel: info\n");

        Assert.That((await _app.RunAsync("--values", "odd.yaml")).Output, Does.Contain(notice + "\n"));
    }

    [Test]
    public async Task A_file_that_is_not_there_is_told_with_the_nearest_one()
    {
        _app.WriteWork("values-prod.yaml", "{}");

        Assert.That((await _app.RunAsync("--values", "value-prod.yaml")).Error, Does.Contain("file 'value-prod.yaml' does not exist in '").And.Contain("(did you mean 'values-prod.yaml'?)"));
    }

    [TestCase("kind: A\n\tname: x\n", "line 2: it is indented with a tab; YAML takes only spaces.")]
    [TestCase("target: {kind: A}\npatch: {}\ntarget: {kind: B}\n", "'target' is given in line 1 and again in line 3; one of them would be lost.")]
    public Task A_patch_that_is_not_yaml_is_refused_in_plain_words(string text, string words)
    {
        _app.WriteWork("patch.yaml", text);
        return AssertRefusedAsync($"--patch: The patch 'patch.yaml' is not valid YAML: {words}", "--patch", "patch.yaml");
    }

    [Test]
    public Task A_patch_that_is_none_is_refused()
    {
        _app.WriteWork("patch.yaml", "target: {name: x}\n");
        return AssertRefusedAsync("--patch: The patch 'patch.yaml' has no 'target.kind'.", "--patch", "patch.yaml");
    }

    [Test]
    public Task A_recipe_that_is_none_is_refused()
    {
        _app.WriteWork("recipe.json", "{\"nope\": 1}");
        return AssertRefusedAsync("--certificates: Certificate recipe 'recipe.json' is not valid: unknown field 'nope'; known fields: description, key, ", "--certificates", "recipe.json");
    }

    [TestCase("relaese: x\n", "WORK/vault-conformance.yaml: line 1: there is no setting 'relaese' (did you mean 'release'?)")]
    [TestCase("release: [a]\n", "WORK/vault-conformance.yaml: line 1: 'release' must be a text")]
    [TestCase("values: {a: b}\n", "WORK/vault-conformance.yaml: line 1: 'values' must be a text or a list of texts")]
    [TestCase("keep: [true]\n", "WORK/vault-conformance.yaml: line 1: 'keep' must be true or false")]
    [TestCase("keep: maybe\n", "WORK/vault-conformance.yaml line 1: 'maybe' must be true or false")]
    [TestCase("keep: true\nkeep: false\n", "WORK/vault-conformance.yaml: line 2: 'keep' is already given in line 1")]
    [TestCase("- values\n", "WORK/vault-conformance.yaml: line 1: the file must be a mapping from settings to values")]
    [TestCase("timeout: soon\n", "WORK/vault-conformance.yaml line 1: 'soon' is not a duration from 1s to 24h; write for example 90s, 15m or 1h30m")]
    public Task A_mistake_in_the_settings_file_is_told_with_its_line(string text, string message)
    {
        _app.WriteWork("vault-conformance.yaml", text);
        return AssertRefusedAsync(message);
    }

    [TestCase("VAULT_CONFORMANCE_VALEUS", "x", "VAULT_CONFORMANCE_VALEUS: there is no such setting (did you mean 'VAULT_CONFORMANCE_VALUES'?)")]
    [TestCase("VAULT_CONFORMANCE_KEEP", "yes", "VAULT_CONFORMANCE_KEEP: 'yes' must be true or false")]
    [TestCase("VAULT_CONFORMANCE_VALUES", "nope.yaml", "VAULT_CONFORMANCE_VALUES: file 'nope.yaml' does not exist")]
    public Task A_mistake_in_the_environment_is_told_by_its_variable(string name, string value, string message)
    {
        _app.Variables[name] = value;
        return AssertRefusedAsync(message);
    }

    [TestCase("VAULT_CONFORMANCE_CACHE", "/tmp")]
    [TestCase("VAULT_CONFORMANCE_VALUES", "")]
    [TestCase("OTHER_VALUES", "x")]
    public async Task Other_variables_are_left_alone(string name, string value)
    {
        _app.Variables[name] = value;

        Assert.That((await _app.RunAsync()).Error, Is.Empty);
    }

    [Test]
    public async Task Separators_alone_are_no_values()
    {
        _app.Variables["VAULT_CONFORMANCE_VALUES"] = ";;";

        var result = await _app.RunAsync("run");

        Assert.That((result.ExitCode, _app.Pipeline.Plan), Is.EqualTo((3, (object?)null)));
        Assert.That(result.Error, Does.Contain("VAULT_CONFORMANCE_VALUES: a value is empty"));
    }

    [Test]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        _app.Variables["VAULT_CONFORMANCE_KEEP"] = "perhaps";
        _app.WriteWork("vault-conformance.yaml", "foo: 1\n");

        var result = await _app.RunAsync("--values", "nope.yaml", "--timeout", "soon");

        Assert.That(result.Error, Is.EqualTo("""
            Error: There are 4 problems:
              WORK/vault-conformance.yaml: line 1: there is no setting 'foo'
              --values: file 'nope.yaml' does not exist in 'WORK'
              --timeout: 'soon' is not a duration from 1s to 24h; write for example 90s, 15m or 1h30m
              VAULT_CONFORMANCE_KEEP: 'perhaps' must be true or false

            """.Replace("WORK", _app.WorkingFolder, StringComparison.Ordinal)));
    }

    private async Task AssertRefusedAsync(string message, params string[] arguments)
    {
        var before = Directory.GetFileSystemEntries(_app.WorkingFolder);

        var result = await _app.RunAsync(["run", .. arguments]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Error, Does.StartWith($"Error: {message.Replace("WORK", _app.WorkingFolder, StringComparison.Ordinal)}"));
            Assert.That(result.Error.Count(character => character == '\n'), message.EndsWith("problems:", StringComparison.Ordinal) ? Is.EqualTo(6) : Is.EqualTo(1));
            Assert.That(result.ExitCode, Is.EqualTo(3));
            Assert.That(_app.Pipeline.Plan, Is.Null, "nothing may have started");
            Assert.That(Directory.GetFileSystemEntries(_app.WorkingFolder), Is.EqualTo(before), "nothing may be left");
        }
    }
}
