# Starts sandboxes and drives their faults over their control pages. A file that is run by itself starts the program, as a user would;
# where many are run, whoever runs them has sandboxes of the same program to give (SandboxHouse.cs).

function Open-SandboxProcess {
    param([string[]] $Arguments)
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet', [string[]](@($env:JADA_SANDBOX) + $Arguments))
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardInput = $true
    $process = [Diagnostics.Process]::Start($start)
    @{ Said = $process.StandardOutput; Stop = { if (-not $process.HasExited) { $process.Kill($true) } }.GetNewClosure() }
}

function Open-HouseSandbox {
    param([string[]] $Arguments)
    $connection = [Net.Sockets.TcpClient]::new('127.0.0.1', [int]$env:JADA_SANDBOX_PORT)
    $stream = $connection.GetStream()
    $stream.Write([Text.Encoding]::UTF8.GetBytes("$(ConvertTo-Json -Compress $Arguments)`n"))
    @{ Said = [IO.StreamReader]::new($stream); Stop = { $connection.Dispose() }.GetNewClosure() }
}

function Start-Sandbox {
    param([string[]] $Arguments = @())

    $sandbox = if ($env:JADA_SANDBOX_PORT) { Open-HouseSandbox $Arguments } else { Open-SandboxProcess $Arguments }
    $settings = @{}
    $scripts = [ordered]@{}
    while ($line -notmatch '^Ctrl') {
        $line = $sandbox.Said.ReadLine()
        if ($null -eq $line) { throw 'The sandbox ended before it said where it is.' }
        if ($line -match '^export ([A-Z0-9_]+)=(\S+)') { $settings[$Matches[1]] = $Matches[2] }
        foreach ($pair in [regex]::Matches($line, "'([^']+)' = '([^']+)'")) { $scripts[$pair.Groups[1].Value] = $pair.Groups[2].Value }
    }
    [pscustomobject]@{
        Stop        = $sandbox.Stop
        Endpoint    = $settings.AWS_ENDPOINT_URL
        GoogleToken = $settings.GOOGLE_OAUTH_ACCESS_TOKEN
        Scripts     = $scripts
        Connection  = @{
            AccessKey   = $settings.AWS_ACCESS_KEY_ID
            SecretKey   = $settings.AWS_SECRET_ACCESS_KEY
            Region      = 'us-west-2', 'us-east-1'
            EndpointUrl = $settings.AWS_ENDPOINT_URL
        }
    }
}

# Two buckets with twenty objects each: enough for what does not depend on the estate, and captured in a moment.
function Start-SmallSandbox {
    param([string[]] $Further = @())
    Start-Sandbox (@('--empty', '--synthetic', 'name=alpha,count=20,size=2000', '--synthetic', 'name=beta,count=20,size=2000') + $Further)
}

# From here on Google is the sandbox.
function Connect-SandboxGoogle {
    param($Sandbox)
    $env:JADA_GOOGLE_ENDPOINT_URL = $Sandbox.Endpoint
    $env:GOOGLE_OAUTH_ACCESS_TOKEN = $Sandbox.GoogleToken
}

function Stop-Sandbox {
    param($Sandbox)
    if ($Sandbox) { & $Sandbox.Stop }
}

function Add-SandboxFault {
    param($Sandbox, [string] $Fault)
    $null = Invoke-WebRequest "$($Sandbox.Endpoint)/_sandbox/faults" -Method Post -Body $Fault -SkipHttpErrorCheck:$false
}

function Clear-SandboxFault {
    param($Sandbox)
    $null = Invoke-WebRequest "$($Sandbox.Endpoint)/_sandbox/faults" -Method Delete
}

function Get-SandboxCall {
    param($Sandbox)
    Invoke-RestMethod "$($Sandbox.Endpoint)/_sandbox/requests"
}

# A certificate with its key that documents can be sealed to; with another usage, one that they cannot.
function New-Recipient {
    param([string] $Usage = '1.3.6.1.4.1.311.80.1')
    $key = [Security.Cryptography.RSA]::Create(2048)
    $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=jada-recipient', $key, 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1)
    $usages = [Security.Cryptography.OidCollection]::new()
    $null = $usages.Add([Security.Cryptography.Oid]::new($Usage))
    $request.CertificateExtensions.Add([Security.Cryptography.X509Certificates.X509KeyUsageExtension]::new('KeyEncipherment', $true))
    $request.CertificateExtensions.Add([Security.Cryptography.X509Certificates.X509EnhancedKeyUsageExtension]::new($usages, $false))
    $request.CreateSelfSigned([datetimeoffset]::Now.AddDays(-1), [datetimeoffset]::Now.AddYears(1))
}
