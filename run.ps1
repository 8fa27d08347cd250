#!/usr/bin/env pwsh
# The front door: builds the program when that is needed, then runs it. run.sh does the same in the same words. Language and .NET only, for every PowerShell 7.
# Usage: pwsh ./run.ps1 [verb] [options]; --help lists the verbs. One verb, 'test', is not the program's: it starts the test runner.
<#
.SYNOPSIS
Verifies that a HashiCorp Vault installation on Kubernetes really runs hardened.
.DESCRIPTION
pwsh ./run.ps1 [verb] [options]. '-?' belongs to PowerShell; 'help' and '--help' show the verbs and their options.
#>
$ErrorActionPreference, $PSNativeCommandUseErrorActionPreference = 'Stop', $false
$root = $PSScriptRoot
$program = "$root/artifacts/bin/VaultConformance.Cli/debug/vault-conformance.dll"
$env:DOTNET_CLI_TELEMETRY_OPTOUT = $env:DOTNET_NOLOGO = '1'

function Say($text) { [Console]::Error.WriteLine($text) }

# PowerShell makes an array of CORE-1,TLS; the program wants it as it was written.
$words = @($args | ForEach-Object { $_ -is [array] ? $_ -join ',' : "$_" })

# Help, version and completion never build: what was built answers, however old it is.
function OnlyAsks { $words[0] -cin 'help', 'version', '--version', 'completion', 'complete' -or $words -ccontains '--help' -or $words -ccontains '-h' }

# What there is to say before anything was built.
function Introduce {
    "VaultConformance verifies that a HashiCorp Vault installation on Kubernetes really runs hardened."
    "Usage: [verb] [options]. Start with 'doctor', then 'run my-values.yaml'; 'test' runs the tests of VaultConformance itself."
    "It is not built yet: any verb but 'help' and 'version' builds it first (.NET 10 SDK, one to three minutes); then '--help' shows everything."
}
# The test runner is built by the first 'test' only.
function IntroduceTests {
    "Runs the tests of VaultConformance itself, those in a browser and on a cluster included."
    "Usage: test [options]. The first start builds them all (.NET 10 SDK, a few minutes)."
    "  --no-cluster  Only the tests that need no Docker and no cluster."
    "  --matrix      Also install every known-bad values file on a cluster (about a quarter of an hour)."
    "  --no-setup    Install nothing on this machine: without a Chromium the tests that need one are skipped."
}

# An SDK is recognised by its folder, because asking dotnet would take longer than everything else here.
function FindDotnet {
    $name = if ($IsWindows) { 'dotnet.exe' } else { 'dotnet' }
    $folders = "$env:PATH".Split([IO.Path]::PathSeparator) + "$HOME/.dotnet" + "$env:ProgramFiles/dotnet" + '/usr/lib/dotnet' + '/usr/share/dotnet' + '/usr/local/share/dotnet'
    if ($env:DOTNET_ROOT) { $folders = @($env:DOTNET_ROOT) }
    foreach ($folder in $folders) {
        if (-not [IO.File]::Exists("$folder/$name")) { continue }
        $target = [IO.File]::ResolveLinkTarget("$folder/$name", $true)
        $sdks = [IO.Path]::GetDirectoryName($target ? $target.FullName : "$folder/$name") + '/sdk'
        if ([IO.Directory]::Exists($sdks) -and [IO.Directory]::GetDirectories($sdks, '10.*').Count -gt 0) { return "$folder/$name" }
    }
}

# Whether a source is newer than what was built from it. $built: what was built; $without: folders left out; $folders: folders of sources.
function IsStale($built, $without, $folders) {
    if (-not [IO.File]::Exists($built)) { return $true }
    $time = [IO.File]::GetLastWriteTimeUtc($built)
    $paths = [IO.Directory]::GetFiles($root, '*.props') + [IO.Directory]::GetFiles($root, '*.targets') + "$root/global.json"
    foreach ($folder in $folders) { $paths += @($folder) + [IO.Directory]::GetFileSystemEntries($folder, '*', [IO.SearchOption]::AllDirectories) }
    foreach ($path in $paths) {
        if ($without -and "$path/".Substring($root.Length).Contains($without)) { continue }
        if ([IO.Path]::GetExtension($path) -notin '.cs', '.razor', '.css', '.js', '.md', '.csproj', '.props', '.targets', '.json', '.yaml' -and -not [IO.Directory]::Exists($path)) { continue }
        if ([IO.File]::GetLastWriteTimeUtc($path) -gt $time) { return $true }
    }
}

# The Vault client library is used where the package feed has it; the answer is remembered.
function FetchVaultClient {
    $caches = if ($IsWindows) { $env:LOCALAPPDATA } else { $env:XDG_CACHE_HOME ? $env:XDG_CACHE_HOME : "$HOME/.cache" }
    $cache = $env:VAULT_CONFORMANCE_CACHE ? $env:VAULT_CONFORMANCE_CACHE : "$caches/vault-conformance"
    if ([IO.File]::Exists("$cache/vaultsharp-1.17.5.1")) { return }
    $answer = "$(& $dotnet package download VaultSharp@1.17.5.1 2>&1)"
    if ($LASTEXITCODE -eq 0) { $answer = 'downloaded' } elseif ($answer -like '*NotFound*') { $answer = 'not in the feed' } else { return }
    $null = [IO.Directory]::CreateDirectory($cache)
    [IO.File]::WriteAllText("$cache/vaultsharp-1.17.5.1", "$answer`n")
}

# $what: what to build; $stamp: file that is written when it is built.
function Build($what, $stamp) {
    Say 'Building (first start, or sources have changed) ...'
    FetchVaultClient
    $null = [IO.Directory]::CreateDirectory("$root/artifacts")
    [IO.File]::WriteAllText("$stamp.new", '')
    $output = & $dotnet build "$root/$what" --disable-build-servers --verbosity quiet 2>&1
    if ($LASTEXITCODE -ne 0) {
        Say ($output -join "`n")
        Say "Error: $what could not be built; what the compiler said is above."
        exit 4
    }
    [IO.File]::Move("$stamp.new", $stamp, $true)
}

if ($words[0] -ceq 'help' -and $words[1] -ceq 'test') { $words = @('test', '--help') }
$stamp = "$root/artifacts/built-program"
if ($words[0] -ceq 'test') { $program = "$root/artifacts/bin/VaultConformance.TestRunner/debug/VaultConformance.TestRunner.dll" }
$dotnet = FindDotnet
if ((OnlyAsks) -and (-not $dotnet -or -not [IO.File]::Exists($program))) { if ($words[0] -ceq 'test') { IntroduceTests } else { Introduce }; exit 0 }
if (-not $dotnet) {
    Say 'Error: The .NET 10 SDK was not found. Install it from https://dotnet.microsoft.com/download, or name its folder in DOTNET_ROOT.'
    exit 4
}

if (OnlyAsks) { } elseif ($words[0] -ceq 'test') {
    $all = "$root/artifacts/built-all"
    if (IsStale $all '' @("$root/harness", "$root/conformance", "$root/docs/controls", "$root/fixtures")) { Build 'VaultConformance.sln' $all; [IO.File]::Copy($all, $stamp, $true) }
} else {
    $newest = [IO.File]::GetLastWriteTimeUtc($program) -gt [IO.File]::GetLastWriteTimeUtc($stamp) ? $program : $stamp
    if (-not [IO.File]::Exists($program) -or (IsStale $newest '.Test' @("$root/harness", "$root/conformance", "$root/docs/controls"))) { Build 'harness/VaultConformance.Cli' $stamp }
}
& $dotnet $program @words
if ($LASTEXITCODE -eq 0 -and $words.Count -eq 1 -and $words[0] -cin '--help', '-h', 'help') { "And 'test' runs the tests of VaultConformance itself; 'test --help' describes it." }
exit $LASTEXITCODE
