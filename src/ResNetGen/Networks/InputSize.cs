using TorchSharp;

namespace ResNetGen;

/// <summary>
/// Lets generated networks take pictures of other heights and widths than they were declared for, as testing at several sizes
/// wants it (He et al. 2015, section 3.4). Channels must still be right.
/// </summary>
/// <remarks>
/// A residual network computes the same function at any size, since it averages its last map whatever the map's size; so does
/// every network whose weights do not depend on the size. Others fail in the first layer that does not fit.
/// </remarks>
public static class InputSize
{
    [ThreadStatic]
    private static int s_free;

    /// <summary>Any height and width from now on, on this thread, until the result is disposed.</summary>
    public static IDisposable Any() => new Freedom();

    /// <summary>Whether a batch may pass whatever its height and width. For the first line of a generated <c>forward</c>.</summary>
    /// <param name="input">A batch of another shape than the network was declared for.</param>
    /// <param name="channels">The network's channels.</param>
    public static bool IsFree(torch.Tensor input, int channels)
    {
        ArgumentNullException.ThrowIfNull(input);
        return s_free > 0 && input.dim() == 4 && input.size(1) == channels;
    }

    private sealed class Freedom : IDisposable
    {
        private bool _over;

        public Freedom() => s_free++;

        public void Dispose()
        {
            if (!_over)
            {
                _over = true;
                s_free--;
            }
        }
    }
}
