BeforeDiscovery {
    $pages = (Get-ChildItem (Join-Path (Split-Path (Split-Path $PSScriptRoot)) docs help) -Filter *-*.md).BaseName
    $platyPS = [bool](Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS)
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $root = Split-Path (Split-Path $PSScriptRoot)
    $pageFolder = Join-Path $root docs help
    $common = [Management.Automation.PSCmdlet]::CommonParameters
    $commands = Get-Command -Module JadaSnapshot
    $help = @{}
    foreach ($command in $commands) { $help[$command.Name] = Get-Help $command.Name -Full }

    # The example of about_Jada_Estate.
    $estate = [regex]::Match((Get-Content (Join-Path $env:JADA_MODULE en-US about_Jada_Estate.help.txt) -Raw), '(?ms)^ {4}\{$.*?^ {4}\}$').Value

    # What stands under a heading, up to the next one of its rank or above, as plain text on one line.
    function Get-PageText {
        param([string] $Page, [string] $Heading)
        $rank = $Heading -replace '[^#]'
        if ($Page -match "(?ms)^$([regex]::Escape($Heading))\n(.*?)(?=^#{1,$($rank.Length)} |\z)") { ConvertTo-PlainText $Matches[1] }
    }
    function ConvertTo-PlainText {
        param([string] $Text)
        ($Text -replace '(?ms)^```yaml\n.*' -replace '`([^`]+)`', '$1' -replace '\[([^\]]+)\]\([^)]*\)', '$1' -replace '\s+', ' ').Trim()
    }
}

Describe 'Help' {
    It 'has a page for each cmdlet, and no page without a cmdlet' {
        $names = (Get-ChildItem $pageFolder -Filter *-*.md).BaseName
        @($commands.Name | Where-Object { $_ -notin $names }) | Should -BeNullOrEmpty -Because 'build.ps1 Help begins a page for each of these'
        @($names | Where-Object { $_ -notin $commands.Name }) | Should -BeNullOrEmpty
    }

    It 'has words for every cmdlet, in the page and in Get-Help alike' {
        $missing = foreach ($command in $commands) {
            $page = (Get-Content (Join-Path $pageFolder "$($command.Name).md") -Raw -ErrorAction Ignore) -replace '\r'
            if ($page -match '\{\{') { "$($command.Name): the page is not finished" }
            $told = @{
                SYNOPSIS    = $help[$command.Name].Synopsis
                DESCRIPTION = $help[$command.Name].description.Text -join "`n"
                NOTES       = $help[$command.Name].alertSet.alert.Text -join "`n"
            }
            foreach ($part in $told.Keys) {
                $text = ConvertTo-PlainText $told[$part]
                if (-not $text) { "$($command.Name): no $part" }
                elseif ($text -cne (Get-PageText $page "## $part")) { "$($command.Name): $part is not that of the page" }
            }
        }
        $missing | Should -BeNullOrEmpty
    }

    It 'describes every parameter, in the page and in Get-Help alike' {
        $missing = foreach ($command in $commands) {
            $told = @{}
            foreach ($parameter in $help[$command.Name].parameters.parameter) { $told[$parameter.name] = ConvertTo-PlainText ($parameter.description.Text -join "`n") }
            $page = (Get-Content (Join-Path $pageFolder "$($command.Name).md") -Raw -ErrorAction Ignore) -replace '\r'
            foreach ($name in $command.Parameters.Keys | Where-Object { $_ -notin $common }) {
                if (-not $told[$name]) { "$($command.Name) -$name is not described" }
                elseif ($told[$name] -cne (Get-PageText $page "### -$name")) { "$($command.Name) -$name is not what the page says" }
            }
            foreach ($name in $told.Keys | Where-Object { $_ -notin $command.Parameters.Keys }) { "$($command.Name) has no -$name" }
        }
        $missing | Should -BeNullOrEmpty
    }

    It 'says of the connection and of the estate file the same everywhere' {
        $told = foreach ($command in $commands) {
            $help[$command.Name].parameters.parameter | Where-Object { $command.ImplementingType.GetProperty($_.name)?.DeclaringType.Name -in 'JadaConnectedCommand', 'JadaEstateCommand' }
        }
        $same = $told | Group-Object name
        $same.Name | Should -Contain Estate
        foreach ($group in $same) { @($group.Group | ForEach-Object { $_.description.Text } | Sort-Object -Unique) | Should -HaveCount 1 -Because $group.Name }
    }

    It 'knows the parameters as the cmdlets have them' {
        $wrong = foreach ($command in $commands) {
            foreach ($told in $help[$command.Name].parameters.parameter) {
                $real = $command.Parameters[$told.name]
                $isPiped = $real.Attributes.ValueFromPipeline -contains $true -or $real.Attributes.ValueFromPipelineByPropertyName -contains $true
                if (($told.pipelineInput -like 'true*') -ne $isPiped) { "$($command.Name) -$($told.name): pipeline input" }
                if (($told.required -eq 'true') -ne ($real.Attributes.Mandatory -contains $true)) { "$($command.Name) -$($told.name): mandatory or not" }
                if (($told.globbing -eq 'true') -ne ($real.Attributes.TypeId.Name -contains 'SupportsWildcardsAttribute')) { "$($command.Name) -$($told.name): wildcards" }
                if ("$($told.aliases)" -ne ($real.Aliases.Count ? $real.Aliases -join ', ' : 'none')) { "$($command.Name) -$($told.name): aliases" }
            }
        }
        $wrong | Should -BeNullOrEmpty -Because 'build.ps1 Help brings it up to date'
    }

    It 'shows nothing of Markdown, and no placeholder' {
        Get-Content (Join-Path $env:JADA_MODULE en-US JadaSnapshot.Cmdlets.dll-Help.xml) -Raw | Should -Not -Match '```|\{\{|\]\(|\u0080'
    }

    It 'has <_>' -ForEach 'about_JadaSnapshot', 'about_Jada_Estate', 'about_Jada_Recovery' {
        Get-Help $_ | Should -Match "TOPIC\s+$_"
    }

    It 'shows an estate file that is one' {
        Set-Content "$TestDrive/jada.json" $estate
        Test-JadaEstate "$TestDrive/jada.json" -Offline | Should -BeNullOrEmpty
        (Get-JadaEstate "$TestDrive/jada.json").Sites.Name | Should -Be sailjada.com, salejada.com
    }

    It 'is what PlatyPS makes of the pages' -Skip:(-not $platyPS) {
        Import-Module (Join-Path $root module Help.psm1)
        Export-HelpFile $pageFolder "$TestDrive/help"
        $name = 'JadaSnapshot.Cmdlets.dll-Help.xml'
        $made = (Get-Content "$TestDrive/help/$name" -Raw) -replace '\r'
        $made -ceq ((Get-Content (Join-Path $root module en-US $name) -Raw) -replace '\r') | Should -BeTrue -Because 'build.ps1 Help makes it anew'
    }
}

Describe 'Every example runs' {
    BeforeAll {
        $sandbox, $small = (Start-Sandbox --no-budgets, --locked-bucket, jada-offsite, --batch-role, batch-copy), (Start-SmallSandbox)
        Connect-SandboxGoogle $sandbox
        $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY = $sandbox.Connection.AccessKey, $sandbox.Connection.SecretKey
        $env:AWS_REGION, $env:AWS_ENDPOINT_URL = 'us-west-2', $sandbox.Endpoint

        # What the examples find in the current folder: the estate file of about_Jada_Estate with the certificate and the tools that it names, the key of the
        # certificate, a list of script projects, a function whose secrets are sealed.
        $folder = Join-Path ([IO.Path]::GetTempPath()) "jada-$(New-Guid)"
        $prepared = New-Item -ItemType Directory (Join-Path $folder prepared)
        Push-Location $prepared
        $recipient = New-Recipient
        Set-Content ops.cer $recipient.ExportCertificatePem()
        [IO.File]::WriteAllBytes((Join-Path $prepared ops.pfx), $recipient.Export('Pkcs12'))
        $sandbox.Scripts.GetEnumerator() | ForEach-Object { [pscustomobject]@{ Name = $_.Key; ScriptId = $_.Value } } | Export-Csv scripts.csv
        $null = New-Item -ItemType Directory tools/deploy
        Set-Content tools/deploy/site.ps1 'Sync-JadaBucket'
        Set-Content tools/.env 'API_TOKEN=abc123def456'
        Set-Content jada.json $estate
        $null = Export-JadaLambda booking-webhook ./functions -ProtectTo ./ops.cer
        Pop-Location

        # What is restored is brought back from a snapshot of the noun's own layer, where none of the examples before takes one.
        $layers = @{
            JadaApi = 'apigateway'; JadaBucket = 's3'; JadaDistribution = 'cloudfront'; JadaEmailIdentity = 'ses'; JadaHostedZone = 'route53'; JadaInstance = 'lightsail'; JadaLambda = 'lambda'
            JadaLocalFile = 'localfiles'; JadaRunbook = 's3', 'lambda', 'route53'; JadaScriptProject = 'appsscript'; JadaTable = 'dynamodb'; JadaRestorePlan = 's3'; JadaRecovery = 's3'
        }

        # Cmdlets of one noun share a folder, and a service that grants so many calls a second: they go one after the other, New- first, since others
        # look at the snapshots that it takes. Most of the time is waiting, so nouns go side by side, those first that wait longest. What looks at all
        # services looks at an estate of two buckets, which has limits of its own. There distributions, zones and tables are gone.
        $slow = 'JadaApi', 'JadaEmailIdentity', 'JadaHostedZone', 'JadaSnapshot', 'JadaInstanceSnapshot', 'JadaInventory', 'JadaLambda', 'JadaDistribution'
        $nouns = $commands | Sort-Object { $_.Verb -ne 'New' }, Name | Group-Object Noun | Sort-Object { $slow.IndexOf($_.Name) -lt 0 }, { $slow.IndexOf($_.Name) } | ForEach-Object {
            Copy-Item $prepared (Join-Path $folder $_.Name) -Recurse
            @{ Noun = $_.Name; Defaults = @{}; Folder = Join-Path $folder $_.Name; Examples = @($_.Group.Name | ForEach-Object { $name = $_; $help[$name].examples.example | ForEach-Object { @{ Page = $name; Title = $_.title.Trim('- '); Code = $_.code } } }) }
        }
        # The README is one more of them: it describes the estate, and restores what it has captured.
        Copy-Item $prepared (Join-Path $folder README) -Recurse
        $readme = @{ Noun = 'README'; Folder = Join-Path $folder README; Defaults = @{ 'New-JadaSnapshot:Layer' = 'lambda'; 'New-JadaSnapshot:EndpointUrl' = $sandbox.Endpoint } }
        $readme.Examples = @([regex]::Matches((Get-Content (Join-Path $root README.md) -Raw), '(?ms)^```powershell\n(?<code>.*?)^```').ForEach{ @{ Page = 'README'; Title = $_.Groups['code'].Value.Split("`n")[0]; Code = $_.Groups['code'].Value } })
        foreach ($own in 'JadaEstate', 'README') { Remove-Item (Join-Path $folder $own jada.json) } # New-JadaEstate writes one.
        $runs = @($readme) + $nouns | ForEach-Object -ThrottleLimit 10 -Parallel {
            Import-Module $env:JADA_MODULE
            foreach ($cmdlet in 'New-JadaSnapshot', 'Compare-JadaSnapshot', 'Get-JadaInventory', 'Get-JadaRestorePlan', 'Restore-JadaSnapshot', 'Restore-JadaDistribution', 'Restore-JadaHostedZone', 'Restore-JadaTable') { $PSDefaultParameterValues["${cmdlet}:EndpointUrl"] = ($using:small).Endpoint }
            foreach ($name in $_.Defaults.Keys) { $PSDefaultParameterValues[$name] = $_.Defaults[$name] }
            $null = $ExecutionContext.SessionState.Path.SetLocation($_.Folder)
            if ($layer = ($using:layers)[$_.Noun]) {
                $place = $_.Noun -in 'JadaRestorePlan', 'JadaRecovery' ? $using:small : $using:sandbox
                $null = New-JadaSnapshot v1.0 -Layer $layer -EndpointUrl $place.Endpoint -ExcludeKey logs/*, previous-snapshots/*, .git/*, photos/* -WarningAction Ignore
            }
            foreach ($example in $_.Examples) {
                $Error.Clear()
                try { $null = . ([scriptblock]::Create($example.Code)) 3>&1 6>&1 } catch { }
                [pscustomobject]($example + @{ Problem = @($Error) })
            }
        }
    }

    AfterAll {
        Stop-Sandbox $sandbox
        Stop-Sandbox $small
        [IO.Directory]::Delete($folder, $true)
    }

    It 'of the README' {
        $mine = @($runs | Where-Object Page -eq README)
        $mine.Count | Should -BeGreaterThan 5
        $mine | Where-Object { $_.Problem } | ForEach-Object { "$($_.Title): $($_.Problem)" } | Should -BeNullOrEmpty
    }

    It 'of <_>' -ForEach $pages {
        $mine = @($runs | Where-Object Page -eq $_)
        $mine.Count | Should -BeIn (2..7)
        $mine | Where-Object { $_.Problem } | ForEach-Object { "$($_.Title): $($_.Problem)" } | Should -BeNullOrEmpty
        $mine | Where-Object { -not $_.Code.Contains($_.Page) -and $_.Code -notmatch 'Unprotect-CmsMessage' } | ForEach-Object Title | Should -BeNullOrEmpty
    }
}
