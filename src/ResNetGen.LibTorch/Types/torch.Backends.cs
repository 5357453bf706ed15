using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class backends
    {
        // Numbers of the settings in native/runtime.cpp.
        private const int MatmulTf32 = 0, CudnnTf32 = 1, MatmulFp16Reduction = 2, FlashSdp = 3, MathSdp = 4;

        private static bool Get(int setting)
        {
            Check(rt_get_context_flag(setting, out int value));
            return value != 0;
        }

        private static void Set(int setting, bool value) => Check(rt_set_context_flag(setting, value ? 1 : 0));

        public static partial class cuda
        {
            public static void enable_flash_sdp(bool enable) => Set(FlashSdp, enable);

            public static void enable_math_sdp(bool enable) => Set(MathSdp, enable);

            public static bool flash_sdp_enabled() => Get(FlashSdp);

            public static bool math_sdp_enabled() => Get(MathSdp);

            public static class matmul
            {
                public static bool allow_tf32
                {
                    get => Get(MatmulTf32);
                    set => Set(MatmulTf32, value);
                }

                public static bool allow_fp16_reduced_precision_reduction
                {
                    get => Get(MatmulFp16Reduction);
                    set => Set(MatmulFp16Reduction, value);
                }
            }
        }

        public static partial class cudnn
        {
            public static bool allow_tf32
            {
                get => Get(CudnnTf32);
                set => Set(CudnnTf32, value);
            }
        }
    }
}
