using System.Management.Automation;
using JadaSnapshot.Engine.Estate;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Connections;

/// <summary>A cmdlet that takes what it is not told from the estate file.</summary>
public abstract class JadaEstateCommand : JadaCommand
{
    /// <summary>The estate file, or the folder that it lies in. Without it, the nearest <c>jada.json</c> in the current folder or above it is used, where there is one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public virtual string? Estate { get; set; }

    /// <summary>What the estate file declares; null where there is none.</summary>
    private protected EstateFile? EstateFile { get; private set; }

    /// <summary>Whether the estate file is read before anything else.</summary>
    private protected virtual bool ReadsEstate => true;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!ReadsEstate) return;
        try
        {
            if (FindEstate() is not { } path) return;
            EstateFile = EstateDocument.Read(path).Require();
            WriteVerbose($"The estate is that of {path}.");
        }
        catch (Exception exception) when (exception is UsageException or EstateFileException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(exception.ToErrorRecord(Estate));
        }
    }

    /// <summary>The path of the estate file: the one that was named, or the nearest one; null where there is none. Only the pipeline thread may ask.</summary>
    private protected string? FindEstate() =>
        Estate is { } given ? PathOf(given) : EstateDocument.Find(SessionState.Path.CurrentFileSystemLocation.ProviderPath);

    /// <summary>The path of the estate file that a file or a folder stands for.</summary>
    private protected string PathOf(string given) => EstateDocument.PathOf(this.ToFullPath(given));

    /// <summary>Who may open what is sealed: those who were given, else those whom the estate file names; null for nobody.</summary>
    private protected object[]? RecipientsOr(object[]? given) => given ?? (EstateFile is { ProtectTo.Count: > 0 } estate ? [.. estate.ProtectTo] : null);

    /// <summary>Says that a command needs what neither a parameter nor the estate file gives.</summary>
    private protected UsageException Missing(string errorId, string what, string parameter, string member) => new(
        errorId,
        $"{what} is not given, and {(EstateFile is { } estate ? $"{estate.Path} does not say it" : $"there is no {EstateDocument.FileName} here or above")}.",
        $"Give {parameter}, or write \"{member}\" into {EstateDocument.FileName}.");
}
