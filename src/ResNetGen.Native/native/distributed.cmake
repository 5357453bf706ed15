# Process groups are libtorch's own, c10d. Its Gloo can be called where Gloo's headers and library lie beside it: Debian's libtorch links to
# that library; pip's has one of its own inside that it does not show. NCCL needs a libtorch with CUDA and nccl.h, from the system or
# from the package beside a pip PyTorch. Looked for anew each time: packages come and go.
foreach(found C10D_INCLUDE GLOO_INCLUDE GLOO_LIBRARY NCCL_INCLUDE)
  unset(${found} CACHE)
endforeach()

find_path(C10D_INCLUDE torch/csrc/distributed/c10d/TCPStore.hpp PATHS ${LIBTORCH_INCLUDE} NO_DEFAULT_PATH)
if(NOT C10D_INCLUDE)
  # A libtorch without it: rn_group_has says so, and nobody calls the rest.
  file(GLOB distributed "${CMAKE_CURRENT_SOURCE_DIR}/process_group*.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/gradient_buckets*.cpp"
    "${CMAKE_CURRENT_SOURCE_DIR}/synchronized_*.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/shared_*.cpp")
  list(FILTER distributed EXCLUDE REGEX "process_group_(has|error).cpp")
  set_source_files_properties(${distributed} PROPERTIES HEADER_FILE_ONLY ON)
  return()
endif()

find_path(GLOO_INCLUDE gloo/transport/pair.h PATHS ${LIBTORCH_INCLUDE} NO_DEFAULT_PATH)
find_library(GLOO_LIBRARY gloo PATHS "${LIBTORCH_LIB}" "${LIBTORCH_LIB}/.." NO_DEFAULT_PATH)
if(GLOO_INCLUDE AND GLOO_LIBRARY)
  target_link_libraries(resnetgen_native PRIVATE "${GLOO_LIBRARY}")
  target_compile_definitions(resnetgen_native PRIVATE RN_HAS_GLOO=1)
endif()

if(EXISTS "${LIBTORCH_LIB}/libc10_cuda.so")
  find_path(NCCL_INCLUDE nccl.h PATHS "${LIBTORCH_LIB}/../../nvidia/nccl/include")
  if(NCCL_INCLUDE)
    target_include_directories(resnetgen_native SYSTEM PRIVATE "${NCCL_INCLUDE}")
    target_compile_definitions(resnetgen_native PRIVATE RN_HAS_NCCL=1)
  endif()
endif()
