using ResNetGen.Tests.Data;
using ResNetGen.Weights;
using ResNetGen.Weights.PyTorch;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Weights;

/// <summary>
/// Each length to which a file can be cut, and each of its bytes flipped: a set of tensors or a message, never anything else, and
/// no more memory than the file itself accounts for.
/// </summary>
public sealed class PyTorchDamageTests(ITestOutputHelper output) : IDisposable
{
    private const long MostMemory = 1 << 20;

    private readonly TestFolder folder = new();

    [Theory]
    [InlineData("wrapped.pth")]
    [InlineData("tensors_protocol4.pth")]
    [InlineData("tensors_legacy.pth")]
    [InlineData("checkpoint_legacy.pth")]
    public void A_file_cut_short_is_refused(string name)
    {
        byte[] whole = File.ReadAllBytes(PyTorchFileTests.Golden(name));
        for (int length = 0; length < whole.Length; length++)
            Assert.True(Refused(whole.AsSpan(0, length), out _), $"{length} of {whole.Length} bytes");
    }

    [Theory]
    [InlineData("wrapped.pth")]
    [InlineData("tensors_protocol4.pth")]
    [InlineData("tensors_legacy.pth")]
    [InlineData("checkpoint_legacy.pth")]
    [InlineData("hostile.pth")]
    public void A_flipped_byte_gives_tensors_or_a_message(string name)
    {
        byte[] bytes = File.ReadAllBytes(PyTorchFileTests.Golden(name));
        int refused = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            foreach (byte mask in (byte[])[0x01, 0xff])
            {
                bytes[i] ^= mask;
                refused += Refused(bytes, out _) ? 1 : 0;
                bytes[i] ^= mask;
            }
        }

        output.WriteLine($"{name}: {refused} of {bytes.Length * 2} damaged files refused");
        Assert.InRange(refused, bytes.Length / 4, bytes.Length * 2);
    }

    /// <summary>The archive keeps a checksum of each storage: wrong weights are not taken for right ones.</summary>
    [Fact]
    public void A_flipped_byte_of_the_weights_is_found_by_the_checksum()
    {
        byte[] bytes = File.ReadAllBytes(PyTorchFileTests.Golden("wrapped.pth")), weights = FirstWeights();
        int start = bytes.AsSpan().IndexOf(weights);
        Assert.True(start > 0);
        for (int i = start; i < start + weights.Length; i++)
        {
            bytes[i] ^= 0x10;
            Assert.True(Refused(bytes, out string message));
            Assert.Contains("expected the checksum", message, StringComparison.Ordinal);
            bytes[i] ^= 0x10;
        }
    }

    /// <summary>PyTorch can be told to leave the checksums out, and writes 0 then.</summary>
    [Fact]
    public void A_checksum_that_was_left_out_is_not_compared()
    {
        byte[] bytes = File.ReadAllBytes(PyTorchFileTests.Golden("wrapped.pth")), weights = FirstWeights();
        byte[] checksum = BitConverter.GetBytes(Crc32.Of(weights));
        bytes[bytes.AsSpan().IndexOf(weights)] ^= 1;
        int at, places = 0;
        for (; (at = bytes.AsSpan().IndexOf(checksum)) >= 0; places++)
            bytes.AsSpan(at, checksum.Length).Clear();

        // After the entry or before it, and in the directory.
        Assert.Equal(2, places);
        Assert.False(Refused(bytes, out string message), message);
    }

    [Fact]
    public void The_checksum_is_that_of_zip() => Assert.Equal(0xcbf43926, Crc32.Of("123456789"u8));

    public void Dispose() => folder.Dispose();

    // Of 0.weight, numbered by eighths.
    private static byte[] FirstWeights() => [.. Enumerable.Range(0, 18).SelectMany(i => BitConverter.GetBytes(i / 8f))];

    private bool Refused(ReadOnlySpan<byte> bytes, out string message)
    {
        string path = folder["x.pth"];
        File.WriteAllBytes(path, bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using PyTorchFile file = PyTorchFile.Open(path);
            foreach (string name in file.Names)
            {
                using Tensor tensor = file.Read(name);
                Assert.InRange(tensor.numel(), 0, 1 << 22);
            }

            message = "";
            return false;
        }
        catch (BadInputException e)
        {
            message = e.Message;
            return true;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
        }
    }
}
