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
            $help = Get-Help $command.Name -Full
            $page = (Get-Content (Join-Path $pageFolder "$($command.Name).md") -Raw -ErrorAction Ignore) -replace '\r'
            if ($page -match '\{\{') { "$($command.Name): the page is not finished" }
            $told = @{
                SYNOPSIS    = $help.Synopsis
                DESCRIPTION = $help.description.Text -join "`n"
                NOTES       = $help.alertSet.alert.Text -join "`n"
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
            foreach ($parameter in (Get-Help $command.Name -Parameter *)) { $told[$parameter.name] = ConvertTo-PlainText ($parameter.description.Text -join "`n") }
            $page = (Get-Content (Join-Path $pageFolder "$($command.Name).md") -Raw -ErrorAction Ignore) -replace '\r'
            foreach ($name in $command.Parameters.Keys | Where-Object { $_ -notin $common }) {
                if (-not $told[$name]) { "$($command.Name) -$name is not described" }
                elseif ($told[$name] -cne (Get-PageText $page "### -$name")) { "$($command.Name) -$name is not what the page says" }
            }
            foreach ($name in $told.Keys | Where-Object { $_ -notin $command.Parameters.Keys }) { "$($command.Name) has no -$name" }
        }
        $missing | Should -BeNullOrEmpty
    }

    It 'says of the connection the same everywhere' {
        $told = $commands | Where-Object { $_.Parameters.ContainsKey('EndpointUrl') } | ForEach-Object { Get-Help $_.Name -Parameter ProfileName, Region, Credential, EndpointUrl }
        foreach ($same in $told | Group-Object name) { @($same.Group | ForEach-Object { $_.description.Text } | Sort-Object -Unique) | Should -HaveCount 1 -Because $same.Name }
    }

    It 'knows the parameters as the cmdlets have them' {
        $wrong = foreach ($command in $commands) {
            foreach ($told in (Get-Help $command.Name -Parameter *)) {
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

    It 'has <_>' -ForEach 'about_JadaSnapshot', 'about_Jada_Recovery' {
        Get-Help $_ | Should -Match "TOPIC\s+$_"
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
        $sandbox, $small = (Start-Sandbox --no-budgets), (Start-SmallSandbox)
        Connect-SandboxGoogle $sandbox
        $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY = $sandbox.Connection.AccessKey, $sandbox.Connection.SecretKey
        $env:AWS_REGION, $env:AWS_ENDPOINT_URL = 'us-west-2', $sandbox.Endpoint

        # What the examples find in the current folder: a certificate with its key, a list of script projects, a function whose secrets are sealed.
        $folder = Join-Path ([IO.Path]::GetTempPath()) "jada-$(New-Guid)"
        $prepared = New-Item -ItemType Directory (Join-Path $folder prepared)
        Push-Location $prepared
        $recipient = New-Recipient
        Set-Content ops.cer $recipient.ExportCertificatePem()
        [IO.File]::WriteAllBytes((Join-Path $prepared ops.pfx), $recipient.Export('Pkcs12'))
        $sandbox.Scripts.GetEnumerator() | ForEach-Object { [pscustomobject]@{ Name = $_.Key; ScriptId = $_.Value } } | Export-Csv scripts.csv
        $null = Export-JadaLambda booking-webhook ./functions -ProtectTo ./ops.cer
        Pop-Location

        # Cmdlets of one noun share a folder, and a service that grants so many calls a second: they go one after the other, New- first, since others
        # look at the snapshots that it takes. Most of the time is waiting, so nouns go side by side. Snapshots are of an estate of two buckets.
        $nouns = $commands | Sort-Object { $_.Verb -ne 'New' }, Name | Group-Object Noun | ForEach-Object {
            Copy-Item $prepared (Join-Path $folder $_.Name) -Recurse
            @{ Folder = Join-Path $folder $_.Name; Pages = @($_.Group.Name | ForEach-Object { Get-Help $_ | Select-Object Name, examples }) }
        }
        $runs = $nouns | ForEach-Object -ThrottleLimit 6 -Parallel {
            Import-Module $env:JADA_MODULE
            $PSDefaultParameterValues['New-JadaSnapshot:EndpointUrl'] = ($using:small).Endpoint
            $ExecutionContext.SessionState.Path.SetLocation($_.Folder)
            foreach ($page in $_.Pages) {
                foreach ($example in $page.examples.example) {
                    $Error.Clear()
                    try { $null = . ([scriptblock]::Create($example.code)) 3>&1 6>&1 } catch { }
                    [pscustomobject]@{ Page = $page.Name; Title = $example.title.Trim('- '); Code = $example.code; Problem = @($Error) }
                }
            }
        }
    }

    AfterAll {
        Stop-Sandbox $sandbox
        Stop-Sandbox $small
        [IO.Directory]::Delete($folder, $true)
    }

    It 'of <_>' -ForEach $pages {
        $mine = @($runs | Where-Object Page -eq $_)
        $mine.Count | Should -BeIn (2..5)
        $mine | Where-Object { $_.Problem } | ForEach-Object { "$($_.Title): $($_.Problem)" } | Should -BeNullOrEmpty
        $mine | Where-Object { -not $_.Code.Contains($_.Page) -and $_.Code -notmatch 'Unprotect-CmsMessage' } | ForEach-Object Title | Should -BeNullOrEmpty
    }
}
