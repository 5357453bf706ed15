# The libtorch that build/find-libtorch.sh found, as one interface target `libtorch`. TorchConfig.cmake is not asked:
# it insists on the CUDA and MKL it was built with, and all a caller of ATen needs is headers and four libraries.
set(LIBTORCH_INCLUDE "" CACHE STRING "Directories of libtorch's headers")
set(LIBTORCH_LIB "" CACHE PATH "Directory of libtorch's libraries")
set(LIBTORCH_CXX11_ABI 1 CACHE STRING "_GLIBCXX_USE_CXX11_ABI of libtorch")
if(NOT LIBTORCH_LIB)
  message(FATAL_ERROR "Set LIBTORCH_INCLUDE and LIBTORCH_LIB, as build/native-library.sh does.")
endif()

add_library(libtorch INTERFACE)
target_include_directories(libtorch SYSTEM INTERFACE ${LIBTORCH_INCLUDE})
target_compile_definitions(libtorch INTERFACE _GLIBCXX_USE_CXX11_ABI=${LIBTORCH_CXX11_ABI})
target_link_directories(libtorch INTERFACE ${LIBTORCH_LIB})
if(NOT APPLE)
  # libtorch_cuda registers its kernels when it is loaded; no symbol of ours asks for it.
  target_link_options(libtorch INTERFACE -Wl,--no-as-needed)
endif()
target_link_libraries(libtorch INTERFACE torch torch_cpu c10)
foreach(optional torch_cuda c10_cuda torch_hip c10_hip)
  if(EXISTS "${LIBTORCH_LIB}/lib${optional}${CMAKE_SHARED_LIBRARY_SUFFIX}")
    target_link_libraries(libtorch INTERFACE ${optional})
  endif()
endforeach()
if(EXISTS "${LIBTORCH_LIB}/libc10_cuda.so")
  target_compile_definitions(libtorch INTERFACE RT_CUDA=1)
endif()

# at::parallel_for is a template: without the compiler's OpenMP it runs on one thread, whatever libtorch itself does. The
# runtime must be the one that libtorch carries (pip's has a libgomp of its own): two would each have their own threads.
include(CheckCXXCompilerFlag)
check_cxx_compiler_flag(-fopenmp COMPILER_HAS_OPENMP)
file(GLOB libtorch_openmp "${LIBTORCH_LIB}/libgomp*${CMAKE_SHARED_LIBRARY_SUFFIX}*" "${LIBTORCH_LIB}/libiomp5*${CMAKE_SHARED_LIBRARY_SUFFIX}*" "${LIBTORCH_LIB}/libomp*${CMAKE_SHARED_LIBRARY_SUFFIX}*")
if(COMPILER_HAS_OPENMP AND libtorch_openmp)
  list(GET libtorch_openmp 0 libtorch_openmp)
  target_compile_options(libtorch INTERFACE -fopenmp)
  target_link_libraries(libtorch INTERFACE "${libtorch_openmp}")
elseif(COMPILER_HAS_OPENMP)
  target_compile_options(libtorch INTERFACE -fopenmp)
  target_link_options(libtorch INTERFACE -fopenmp)
endif()

# The standard that libtorch's own headers ask for.
set(LIBTORCH_STANDARD 17)
foreach(folder ${LIBTORCH_INCLUDE})
  if(EXISTS "${folder}/torch/all.h")
    file(STRINGS "${folder}/torch/all.h" newer REGEX "__cplusplus < 202002L")
    if(newer)
      set(LIBTORCH_STANDARD 20)
    endif()
  endif()
endforeach()

# One shared library from all sources beside the calling CMakeLists.txt, with libtorch's folder in its RPATH.
function(add_torch_library name)
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  add_library(${name} SHARED ${sources})
  target_link_libraries(${name} PRIVATE libtorch)
  set_target_properties(${name} PROPERTIES
    CXX_STANDARD ${LIBTORCH_STANDARD} CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    BUILD_WITH_INSTALL_RPATH ON INSTALL_RPATH "$ORIGIN;${LIBTORCH_LIB}"
    LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
  target_compile_options(${name} PRIVATE -O2 -Wall -Wextra -Wno-unused-parameter)
  # The library is only written to where this call succeeds in full: undefined names are errors now, not at run time.
  if(NOT APPLE)
    target_link_options(${name} PRIVATE -Wl,--no-undefined)
  endif()
endfunction()
