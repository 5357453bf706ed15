# Inference plans call oneDNN directly, where it lies beside libtorch with its headers: Debian's libtorch links to that library
# and shares its threads. pip's has one of its own that it does not show; a second one would have other threads. Looked for anew
# each time: packages come and go.
unset(DNNL_INCLUDE CACHE)
unset(DNNL_LIBRARY CACHE)
find_path(DNNL_INCLUDE oneapi/dnnl/dnnl.hpp)
find_library(DNNL_LIBRARY dnnl PATHS "${LIBTORCH_LIB}" NO_DEFAULT_PATH)
if(DNNL_INCLUDE AND DNNL_LIBRARY AND COMPILER_HAS_OPENMP)
  target_include_directories(resnetgen_native SYSTEM PRIVATE "${DNNL_INCLUDE}")
  target_link_libraries(resnetgen_native PRIVATE "${DNNL_LIBRARY}")
  target_compile_definitions(resnetgen_native PRIVATE RN_HAS_DNNL=1)
endif()
