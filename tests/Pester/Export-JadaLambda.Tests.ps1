BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox --no-budgets
    $connection = $sandbox.Connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Export-JadaLambda' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $booking = Join-Path $folder lambda-functions booking-webhook us-west-2
    }
    AfterEach { Clear-SandboxFault $sandbox }

    It 'leaves the files that a snapshot has of a function, and of the layers that it uses' {
        $exports = Export-JadaLambda booking-webhook $folder @connection
        $exports | Should -BeOfType JadaSnapshot.ResourceExport
        $exports.IsComplete | Should -Not -Contain $false
        ($exports | Where-Object Kind -eq function).Path | Should -Be $booking
        ($exports | Where-Object Kind -eq layer-version).Name | Should -Be 'jada-node-tools:1'
        Get-ChildItem $booking -Recurse -File -Name | Sort-Object | Should -Contain 'versions/2.json'
        foreach ($name in 'function.json', 'code.zip', 'policy.json', 'policies/live.json', 'aliases-0001.json', 'provisioned-concurrency-0001.json', 'environment.json') { Join-Path $booking $name | Should -Exist }
    }

    It 'is checked by sha256sum' {
        $null = Export-JadaLambda booking-webhook $folder @connection
        Push-Location $booking
        try { sha256sum -c --strict --quiet SHA256SUMS; $LASTEXITCODE | Should -Be 0 } finally { Pop-Location }
    } -Skip:(-not (Get-Command sha256sum -ErrorAction Ignore))

    It 'takes what Get-JadaLambda found, and wildcards' {
        $exports = Get-JadaLambda 'edge-*' @connection | Export-JadaLambda -Destination $folder @connection
        ($exports | Where-Object Kind -eq function).Name | Sort-Object | Should -Be 'edge-redirect', 'edge-security-headers'
        (Export-JadaLambda 'tide-*' $folder @connection).Name | Should -Be 'tide-table'
        ([pscustomobject]@{ FunctionName = 'crew-roster' } | Export-JadaLambda -Destination $folder @connection).Name | Should -Contain 'crew-roster'
    }

    It 'has no secret in any file or record' {
        $exports = Export-JadaLambda -Destination $folder @connection
        $exports | ConvertTo-Json -Depth 4 | Should -Not -Match 'planted-'
        Get-ChildItem $folder -Recurse -File -Force | Where-Object { [IO.File]::ReadAllText($_.FullName).Contains('planted-') } | Should -BeNullOrEmpty
        Get-Content (Join-Path $booking function.json) -Raw | Should -Match 'jada:hmac-sha256:'
    }

    It 'writes nothing with -WhatIf' {
        Export-JadaLambda booking-webhook $folder @connection -WhatIf 6> $null | Should -BeNullOrEmpty
        $folder | Should -Not -Exist
    }

    It 'names what is not there' {
        $null = Export-JadaLambda no-such-function $folder @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'NotFound,JadaSnapshot.Commands.Resources.ExportJadaLambdaCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'removes its own old files and nobody else''s' {
        $null = Export-JadaLambda booking-webhook $folder @connection
        Set-Content (Join-Path $booking notes.txt) mine
        Set-Content (Join-Path $booking old.json) '{}'
        Add-Content (Join-Path $booking SHA256SUMS) "$('0' * 64)  old.json"
        $null = Export-JadaLambda booking-webhook $folder @connection
        Join-Path $booking old.json | Should -Not -Exist
        Get-Content (Join-Path $booking notes.txt) | Should -Be mine
    }

    It 'keeps an earlier export where a document is refused, and says which call' {
        $null = Export-JadaLambda booking-webhook $folder @connection
        $before = (Get-FileHash (Join-Path $booking SHA256SUMS)).Hash
        Add-SandboxFault $sandbox 'service=lambda,operation=ListAliases,kind=deny'
        $exports = Export-JadaLambda booking-webhook $folder @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        ($exports | Where-Object Kind -eq function).IsEarlierKept | Should -BeTrue
        ($exports | Where-Object Kind -eq function).IsComplete | Should -BeFalse
        $problems.TargetObject.Operation | Should -Contain 'ListAliases'
        (Get-FileHash (Join-Path $booking SHA256SUMS)).Hash | Should -Be $before
        Join-Path $booking aliases-0001.json | Should -Exist
    }
}
