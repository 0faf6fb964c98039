# Help lives in docs/help, one page a cmdlet; from the pages comes the file that Get-Help reads. `build.ps1 Help` runs both functions.
#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Microsoft.PowerShell.PlatyPS'; ModuleVersion = '1.0.3' }

$ErrorActionPreference = 'Stop'

# Says in its page what connection parameters and -Estate are, for all pages.
$pageOfConnection = 'Get-JadaInventory'

<#
.SYNOPSIS
    Brings the pages up to date with the cmdlets of an imported module: syntax and parameters anew, what people wrote as it was.
    A page or a parameter that is missing gets the words of the XML documentation, and {{ … }} where there are none.
#>
function Update-HelpPage {
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $XmlDocumentation)

    $documentation = [xml](Get-Content $XmlDocumentation -Raw)
    $work = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "jada-help-$PID")
    try {
        $commands = Get-Command -Module JadaSnapshot
        foreach ($command in $commands) {
            $page = Join-Path $Path "$($command.Name).md"
            $summary = Get-XmlSummary $documentation $command.ImplementingType
            if (-not (Test-Path $page)) {
                New-MarkdownCommandHelp -CommandInfo $command -OutputFolder $work | Move-Item -Destination $page
                Format-HelpPage $page $summary
            }
            Update-MarkdownCommandHelp $page -NoBackup
            Format-HelpPage $page $summary
        }
    }
    finally { Remove-Item $work -Recurse -Force }
    Sync-ConnectionParameter $Path $commands
}

<#
.SYNOPSIS
    Makes the file that Get-Help reads.
#>
function Export-HelpFile {
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Destination)

    $work = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "jada-maml-$PID")
    try {
        $pages = Get-ChildItem $Path -Filter *-*.md | Sort-Object Name -Culture ''
        $defaults = @{}
        $help = foreach ($page in $pages) { Import-MarkdownCommandHelp $page.FullName }
        foreach ($command in $help) { foreach ($parameter in $command.Parameters) { $defaults["$($command.Title) $($parameter.Name)"] = $parameter.DefaultValue } }
        $file = $help | Export-MamlCommandHelp -OutputFolder $work
        $maml = [xml](Get-Content $file.FullName -Raw)
        Format-HelpFile $maml $defaults
        $null = New-Item -ItemType Directory -Force $Destination
        $settings = [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; NewLineHandling = 'None'; Encoding = [Text.UTF8Encoding]::new($false) }
        $writer = [Xml.XmlWriter]::Create((Join-Path $Destination $file.Name), $settings)
        try { $maml.Save($writer) } finally { $writer.Dispose() }
    }
    finally { Remove-Item $work -Recurse -Force }
}

# PlatyPS writes the date of the day, a byte order mark and a section for aliases that no cmdlet has, and forgets the common parameters of a syntax that has changed.
function Format-HelpPage([string] $Page, [hashtable] $Summary) {
    $text = (Get-Content $Page -Raw) -replace '\r\n', "`n" -replace '(?m)^(ms\.date|HelpUri):.*\n' -replace '(?s)## ALIASES\n.*?(?=## DESCRIPTION)'
    $text = $text -replace '\{\{ Fill in the Synopsis \}\}', { $Summary[''] ?? $_.Value } -replace '\{\{ Fill (\w+) Description \}\}', { $Summary[$_.Groups[1].Value] ?? $_.Value }
    $text = $text -replace '(?m)(?<=^```\n)\w+-\w+ [^`]*?(?<!\[<CommonParameters>\])(?=\n```$)', { "$_$(($_ -split "`n")[-1].Length -gt 80 ? "`n" : '') [<CommonParameters>]" }
    [IO.File]::WriteAllText($Page, $text.TrimEnd() + "`n")
}

function Sync-ConnectionParameter([string] $Path, [object[]] $Commands) {
    $section = '(?s)(?<=\n### -{0}\n\n).*?(?=\n\n```yaml\n)'
    $source = Get-Content (Join-Path $Path "$pageOfConnection.md") -Raw
    foreach ($command in $Commands) {
        $page = Join-Path $Path "$($command.Name).md"
        $text = Get-Content $page -Raw
        foreach ($name in $command.Parameters.Keys) {
            if ($command.ImplementingType.GetProperty($name)?.DeclaringType.Name -notin 'JadaConnectedCommand', 'JadaEstateCommand') { continue }
            $words = [regex]::Match($source, ($section -f $name)).Value
            $text = [regex]::Replace($text, ($section -f $name), { $words })
        }
        [IO.File]::WriteAllText($page, $text)
    }
}

# The summaries of a cmdlet ('') and its parameters, those that it inherits among them.
function Get-XmlSummary([xml] $Documentation, [type] $Type) {
    $summaries = @{}
    for ($class = $Type; $class.Namespace -like 'JadaSnapshot*'; $class = $class.BaseType) {
        $name = ($class.IsGenericType ? $class.GetGenericTypeDefinition() : $class).FullName
        foreach ($member in $Documentation.SelectNodes("//member[@name='T:$name' or starts-with(@name, 'P:$name.')][summary]")) {
            $key = $member.name.StartsWith('T:') ? '' : $member.name.Substring($name.Length + 3)
            $text = $member.SelectSingleNode('summary').InnerXml -replace '<c>(.*?)</c>', '`$1`' -replace '<see cref="[^"]*?([^".]+)"\s*/>', '`-$1`' -replace '\s+', ' '
            if (-not $summaries.ContainsKey($key)) { $summaries[$key] = [Net.WebUtility]::HtmlDecode($text).Trim() }
        }
    }
    $summaries
}

# What PlatyPS makes of a page is meant for Markdown: here it becomes what Get-Help shows on a terminal.
function Format-HelpFile([xml] $Maml, [hashtable] $Defaults) {
    $names = [Xml.XmlNamespaceManager]::new($Maml.NameTable)
    $names.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
    $names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
    $names.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')

    foreach ($example in $Maml.SelectNodes('//command:example', $names)) { Format-Example $example $names }
    foreach ($paragraph in @($Maml.SelectNodes('//maml:para', $names))) { Split-Paragraph $paragraph }
    foreach ($remarks in $Maml.SelectNodes('//dev:remarks', $names)) { $null = $remarks.AppendChild($Maml.CreateElement('maml', 'para', $names.LookupNamespace('maml'))) }
    foreach ($uri in $Maml.SelectNodes('//maml:navigationLink/maml:uri', $names)) { if ($uri.InnerText -notmatch '^https:') { $uri.InnerText = '' } }
    foreach ($command in $Maml.SelectNodes('//command:command', $names)) {
        foreach ($parameter in $command.SelectNodes('command:parameters/command:parameter', $names)) {
            $name = $parameter.SelectSingleNode('maml:name', $names).InnerText
            $type = $parameter.SelectSingleNode('dev:type/maml:name', $names).InnerText
            $value = $parameter.SelectSingleNode('command:parameterValue', $names)
            $short = $command.SelectSingleNode("command:syntax/command:syntaxItem/command:parameter[maml:name='$name']/command:parameterValue", $names)
            if ($short) { $value.InnerText = $short.InnerText } elseif ($value) { $null = $parameter.RemoveChild($value) }
            foreach ($syntax in $command.SelectNodes("command:syntax/command:syntaxItem/command:parameter[maml:name='$name']", $names)) {
                foreach ($attribute in 'pipelineInput', 'globbing') { $syntax.SetAttribute($attribute, $parameter.GetAttribute($attribute)) }
            }
            $default = $Defaults["$($command.SelectSingleNode('command:details/command:name', $names).InnerText) $name"]
            $default = $default ? $default : $type -eq 'System.Management.Automation.SwitchParameter' ? 'False' : 'None'
            $given = $parameter.SelectSingleNode('dev:defaultValue', $names) ?? $parameter.AppendChild($Maml.CreateElement('dev', 'defaultValue', $names.LookupNamespace('dev')))
            $given.InnerText = $default
        }
    }
}

function Format-Example([Xml.XmlElement] $Example, [Xml.XmlNamespaceManager] $Names) {
    $introduction, $code, $remarks = 'maml:introduction', 'dev:code', 'dev:remarks' | ForEach-Object { $Example.SelectSingleNode($_, $Names) }
    foreach ($paragraph in @($introduction.ChildNodes)) {
        if ($paragraph.InnerText -match '(?s)^```powershell\n(.*)\n```$') { $code.InnerText = $Matches[1] }
        elseif ($paragraph.InnerText.Trim([char]0x80)) { $null = $remarks.AppendChild($paragraph.Clone()) }
        $null = $introduction.RemoveChild($paragraph)
    }
}

# A paragraph of its own for each paragraph and each item of a list, and no marks around words.
function Split-Paragraph([Xml.XmlElement] $Paragraph) {
    foreach ($text in $Paragraph.InnerText -split '\n\s*\n|\n(?=- )') {
        $clone = $Paragraph.Clone()
        $clone.InnerText = $text -replace '`([^`]+)`', '$1' -replace '\[([^\]]+)\]\([^)]*\)', '$1' -replace '\*\*([^*]+)\*\*', '$1' -replace '(?m)\A```\w*\n|\n```\z'
        $null = $Paragraph.ParentNode.InsertBefore($clone, $Paragraph)
    }
    $null = $Paragraph.ParentNode.RemoveChild($Paragraph)
}

Export-ModuleMember Update-HelpPage, Export-HelpFile
