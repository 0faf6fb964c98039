BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox
    $connection = $sandbox.Connection
    $all = Get-JadaCertificate @connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Get-JadaCertificate' {
    AfterEach { Clear-SandboxFault $sandbox }

    It 'tells of every certificate, whatever its key and region' {
        $all | Should -HaveCount 13
        $all | Should -BeOfType JadaSnapshot.Certificate
        $all.Region | Select-Object -Unique | Sort-Object | Should -Be 'us-east-1', 'us-west-2'
        ($all | Where-Object KeyAlgorithm -like 'EC_*').DomainName | Should -Be 'shop.salejada.com'
        ($all | Where-Object Status -ne ISSUED).DomainName | Should -Be 'crew.sailjada.com'
    }

    It 'answers which certificates expire and which nobody uses' {
        ($all | Sort-Object NotAfter | Where-Object NotAfter | Select-Object -First 1).DomainName | Should -Be 'queenofsandiego.com'
        ($all | Where-Object { $_.InUseBy.Count -gt 5 }).DomainName | Sort-Object | Should -Be 'queenofsandiego.com', 'sailjada.com', 'salejada.com'
    }

    It 'chooses by domain, wildcard or ARN' {
        (Get-JadaCertificate sailjada.com @connection).Region | Should -Be 'us-east-1'
        (Get-JadaCertificate 'api.*' @connection).DomainName | Sort-Object | Should -Be 'api.queenofsandiego.com', 'api.sailjada.com', 'api.salejada.com'
        (Get-JadaCertificate $all[0].CertificateArn @connection).CertificateArn | Should -Be $all[0].CertificateArn
    }

    It 'takes objects of AWS.Tools from the pipeline, by their ARN' {
        $found = [pscustomobject]@{ CertificateArn = $all[2].CertificateArn; DomainName = 'another.example' } | Get-JadaCertificate @connection
        $found.CertificateArn | Should -Be $all[2].CertificateArn
    }

    It 'writes an error for one that is not there' {
        Get-JadaCertificate nowhere.example @connection -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -Be 'NotFound,JadaSnapshot.Commands.Resources.GetJadaCertificateCommand'
        $problems[0].Exception.Message | Should -Match "certificate 'nowhere.example'"
    }

    It 'goes on where one is denied, with an error that says which call' {
        Add-SandboxFault $sandbox 'service=acm,operation=DescribeCertificate,times=1,kind=deny'
        $null = Get-JadaCertificate @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        $problems[0].TargetObject.Operation | Should -Be 'DescribeCertificate'
    }

    It 'reads as a table in 80 columns and as a list with the records that prove it' {
        $PSStyle.OutputRendering = 'PlainText'
        $table = ($all | Sort-Object DomainName | Out-String -Width 80).Trim() -split '\r?\n'
        $table[0] | Should -Match '^DomainName +Region +Status +Key +Expires +Uses AlsoFor'
        $table | Where-Object { $_ -match '^shop\.salejada\.com +us-east-1 +ISSUED +EC_256 +\d{4}-\d\d-\d\d +0' } | Should -HaveCount 1
        foreach ($line in $table) { $line.Length | Should -BeLessOrEqual 80 }
        $list = ($all | Where-Object { $_.DomainName -eq 'sailjada.com' -and $_.Region -eq 'us-east-1' } | Format-List | Out-String -Width 200) -split '\r?\n'
        $list | Should -Contain 'ValidationRecords  : _3639ac514e785e898d2646601fa951d5.sailjada.com. CNAME _98d2646601fa951d53639ac514e785e8.acm-validations.aws.'
        $list | Should -Contain 'AlternativeNames   : sailjada.com, *.sailjada.com'
    }
}
