namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Fills tensors in place, outside the graph, and gives the same tensor back.</summary>
        public static partial class init
        {
            public enum FanInOut
            {
                FanIn = 0,
                FanOut = 1,
            }

            public enum NonlinearityType
            {
                Linear = 0,
                Conv1D = 1,
                Conv2D = 2,
                Conv3D = 3,
                ConvTranspose1D = 4,
                ConvTranspose2D = 5,
                ConvTranspose3D = 6,
                Sigmoid = 7,
                Tanh = 8,
                ReLU = 9,
                LeakyReLU = 10,
            }

            /// <summary>The factor on the standard deviation that keeps activations' scale behind the nonlinearity.</summary>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + param * param)),
                _ => 1,
            };

            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                    throw new ArgumentException("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");

                long receptiveField = 1;
                foreach (long size in shape.AsSpan(2))
                    receptiveField *= size;
                return (shape[1] * receptiveField, shape[0] * receptiveField);
            }

            public static Tensor zeros_(Tensor tensor) => constant_(tensor, ScalarValue.Of(0L));

            public static Tensor ones_(Tensor tensor) => constant_(tensor, ScalarValue.Of(1L));

            public static Tensor constant_(Tensor tensor, Scalar val) => constant_(tensor, val.Value);

            public static Tensor eye_(Tensor tensor) => Done(tensor, NativeMethods.rt_init_eye(tensor));

            public static Tensor dirac_(Tensor tensor) => Done(tensor, NativeMethods.rt_init_dirac(tensor));

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
            {
                int status = NativeMethods.rt_init_uniform(tensor, low, high, generator?.Handle ?? IntPtr.Zero);
                GC.KeepAlive(generator);
                return Done(tensor, status);
            }

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
            {
                int status = NativeMethods.rt_init_normal(tensor, mean, std, generator?.Handle ?? IntPtr.Zero);
                GC.KeepAlive(generator);
                return Done(tensor, status);
            }

            public static Tensor trunc_normal_(Tensor tensor, double mean = 0, double std = 1, double a = -2, double b = 2, Generator? generator = null)
            {
                int status = NativeMethods.rt_init_trunc_normal(tensor, mean, std, a, b, generator?.Handle ?? IntPtr.Zero);
                GC.KeepAlive(generator);
                return Done(tensor, status);
            }

            public static Tensor orthogonal_(Tensor tensor, double gain = 1) => Done(tensor, NativeMethods.rt_init_orthogonal(tensor, gain));

            public static Tensor sparse_(Tensor tensor, double sparsity, double std = 0.01)
                => Done(tensor, NativeMethods.rt_init_sparse(tensor, sparsity, std));

            /// <summary>He initialisation, uniform.</summary>
            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                double bound = Math.Sqrt(3) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>He initialisation: normal with deviation gain/√fan.</summary>
            public static Tensor kaiming_normal_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
                => normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            /// <summary>Glorot initialisation, uniform.</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1)
            {
                double bound = Math.Sqrt(3) * XavierDeviation(tensor, gain);
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor xavier_normal_(Tensor tensor, double gain = 1) => normal_(tensor, 0, XavierDeviation(tensor, gain));

            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1) => xavier_uniform_(tensor, gain);

            public static Tensor glorot_normal_(Tensor tensor, double gain = 1) => xavier_normal_(tensor, gain);

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static double XavierDeviation(Tensor tensor, double gain)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }

            private static Tensor constant_(Tensor tensor, ScalarValue value) => Done(tensor, NativeMethods.rt_init_constant(tensor, value));

            private static Tensor Done(Tensor tensor, int status)
            {
                NativeMethods.Check(status);
                return tensor;
            }
        }
    }
}
