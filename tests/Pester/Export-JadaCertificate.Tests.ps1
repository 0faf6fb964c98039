BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox
    $connection = $sandbox.Connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Export-JadaCertificate' {
    AfterEach { Clear-SandboxFault $sandbox }

    It 'writes certificate, chain, description and tags where a snapshot has them' {
        $export = Export-JadaCertificate shop.salejada.com "$TestDrive/one" @connection
        $export | Should -HaveCount 1
        $export.IsComplete | Should -BeTrue
        $export.Path | Should -Match 'aws-configs.acm.us-east-1.shop\.salejada\.com.[0-9a-f-]{36}$'
        (Get-ChildItem $export.Path).Name | Sort-Object | Should -Be 'certificate.json', 'certificate.pem', 'chain.pem', 'pem.json', 'SHA256SUMS', 'tags.json'
        $certificate = [Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem((Get-Content -Raw "$($export.Path)/certificate.pem"))
        $certificate.Subject | Should -Be 'CN=shop.salejada.com'
        (Get-Content -Raw "$($export.Path)/pem.json" | ConvertFrom-Json).Certificate | Should -Be (Get-Content -Raw "$($export.Path)/certificate.pem")
    }

    It 'takes what Get-JadaCertificate hands out' {
        $exports = Get-JadaCertificate @connection | Where-Object Region -eq us-west-2 | Export-JadaCertificate -Destination "$TestDrive/west" @connection
        $exports | Should -HaveCount 5
        $exports.Region | Select-Object -Unique | Should -Be 'us-west-2'
    }

    It 'writes nothing with -WhatIf' {
        Export-JadaCertificate -Destination "$TestDrive/nothing" -WhatIf @connection | Should -BeNullOrEmpty
        "$TestDrive/nothing" | Should -Not -Exist
    }

    It 'says what it could not have, and keeps the rest' {
        Add-SandboxFault $sandbox 'service=acm,operation=GetCertificate,kind=deny'
        $export = Export-JadaCertificate shop.salejada.com "$TestDrive/denied" @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $export.IsComplete | Should -BeFalse
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        "$($export.Path)/certificate.json" | Should -Exist
    }
}
