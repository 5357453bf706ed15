using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ResNetGen.Native;

public sealed partial class ProcessGroup
{
    /// <summary>Leaves a text for all ranks in the store.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">A small text: every byte goes through rank 0's machine.</param>
    /// <exception cref="ProcessGroupException">The store is gone.</exception>
    public void Set(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        if (NativeMethods.rn_store_set(Handle, key, bytes, bytes.Length) != 0) throw Error();
    }

    /// <summary>The text that a rank has left; waits for it up to <see cref="Timeout"/>.</summary>
    /// <param name="key">Its name.</param>
    /// <exception cref="ProcessGroupException">Nobody left it in time, or the store is gone.</exception>
    public string Get(string key) => Read(key, wait: true)!;

    /// <summary>The text that a rank has left, where it is there already.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">The text, null where there is none.</param>
    /// <exception cref="ProcessGroupException">The store is gone.</exception>
    public bool TryGet(string key, [NotNullWhen(true)] out string? value)
    {
        value = Read(key, wait: false);
        return value is not null;
    }

    /// <summary>Adds to a number in the store, which is 0 at first, all at once; returns the sum. Keys of numbers and of texts are different ones.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="amount">What is added.</param>
    /// <exception cref="ProcessGroupException">The store is gone.</exception>
    public long Add(string key, long amount)
    {
        ArgumentNullException.ThrowIfNull(key);
        return NativeMethods.rn_store_add(Handle, key, amount, out long sum) == 0 ? sum : throw Error();
    }

    /// <summary>Removes a text from the store, where it is there; for what no rank reads any more, since the store keeps everything else until it goes.</summary>
    /// <param name="key">Its name.</param>
    /// <exception cref="ProcessGroupException">The store is gone.</exception>
    public void Delete(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (NativeMethods.rn_store_delete(Handle, key) != 0) throw Error();
    }

    /// <summary>How many keys the store has, those of the engine and of the signs of life too.</summary>
    internal long CountKeys() => NativeMethods.rn_store_count(Handle) is >= 0 and var count ? count : throw Error();

    private string? Read(string key, bool wait)
    {
        ArgumentNullException.ThrowIfNull(key);
        byte[] buffer = new byte[1024];
        long length = NativeMethods.rn_store_get(Handle, key, wait ? 1 : 0, buffer, buffer.Length);
        while (length > buffer.Length)
        {
            buffer = new byte[length];
            length = NativeMethods.rn_store_get(Handle, key, wait ? 1 : 0, buffer, buffer.Length);
        }
        return length switch
        {
            >= 0 => Encoding.UTF8.GetString(buffer, 0, (int)length),
            -1 => null,
            _ => throw Error(),
        };
    }
}
