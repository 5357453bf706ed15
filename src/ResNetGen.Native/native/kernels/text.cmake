# The kernels' sources, one after another, as the text that NVRTC compiles at run time: kernel_text.inc in the build folder. Without
# CMake the same is made by bench/gpu/native.sh.
set(KERNEL_FOLDER "${CMAKE_CURRENT_LIST_DIR}")

function(add_kernel_text target)
  set(text "")
  foreach(part prelude.cu arguments.h elements.cu batch_norm.cu batch_norm_backward.cu optimizer.cu)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${KERNEL_FOLDER}/${part}")
    # As a list's separator a semicolon would be lost.
    file(READ "${KERNEL_FOLDER}/${part}" part_text)
    string(APPEND text "${part_text}")
  endforeach()
  file(WRITE "${CMAKE_BINARY_DIR}/kernel_text.new" "static const char kernel_source[] = R\"cuda(\n${text})cuda\";\n")
  # Compiled again only where it changed.
  configure_file("${CMAKE_BINARY_DIR}/kernel_text.new" "${CMAKE_BINARY_DIR}/kernel_text.inc" COPYONLY)
  target_include_directories(${target} PRIVATE "${CMAKE_BINARY_DIR}")
endfunction()
