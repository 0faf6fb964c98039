using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

/// <summary>Files of resources whose names differ in case alone.</summary>
public sealed class NameClashTests : StoreTest
{
    private static readonly Resource Twin = Mailer with { Name = "Mailer", Id = "Mailer" };

    [Theory]
    [InlineData("lambda-functions/Mailer/us-west-2/code.zip")]
    [InlineData("lambda-functions/Mailer/us-east-1/function.json")]
    [InlineData("Lambda-functions/other/us-east-1/code.zip")]
    public async Task A_file_is_refused_that_some_file_system_would_put_into_the_folder_of_another(string path)
    {
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        await WriteAsync(writer, Mailer, "lambda-functions/mailer/us-west-2/code.zip");
        await Assert.ThrowsAsync<NameClashException>(() => WriteAsync(writer, Twin, path));
        Assert.False(File.Exists(Path.Combine(writer.Folder, path)));
    }

    [Fact]
    public async Task It_is_refused_by_the_run_that_continues_as_well()
    {
        await using (var writer = await SnapshotWriter.OpenAsync(Order(), Cancel))
        {
            await WriteAsync(writer, Mailer, "lambda-functions/mailer/us-west-2/code.zip");
            writer.CompleteResource(Mailer);
        }
        await using var next = await SnapshotWriter.OpenAsync(Order(), Cancel);
        Assert.True(next.IsCaptured(Mailer));
        await Assert.ThrowsAsync<NameClashException>(() => WriteAsync(next, Twin, "lambda-functions/Mailer/us-west-2/code.zip"));
    }

    [Fact]
    public async Task Other_files_and_the_same_file_again_are_not()
    {
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        foreach (var path in (string[])["lambda-functions/mailer/us-west-2/code.zip", "lambda-functions/mailer/us-west-2/code.zip", "lambda-functions/mailer/us-west-2/function.json", "lambda-functions/Rady-Shell/us-west-2/code.zip"])
            await WriteAsync(writer, Mailer, path);
        Assert.Equal(4, (await writer.FinishAsync([], Cancel)).FileCount);
    }

    private static Task WriteAsync(SnapshotWriter writer, Resource resource, string path) => writer.WriteAsync(resource, path, "x"u8.ToArray(), Cancel);
}
