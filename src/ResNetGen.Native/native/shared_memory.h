// Memory that processes of one machine have in common: a file without a name (memfd), which is in no folder and goes with the last process
// that holds it, however that one ends. Others reach it through /proc of the process that made it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace resnetgen::group {

// There is none to be had, for a reason in words. Not an error: there are other ways.
struct Unavailable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class SharedMemory {
public:
    // A machine's name for this purpose: the same where one process can hand memory to the other.
    static std::string place();

    // New memory, without pages yet. Throws Unavailable, as all below.
    static SharedMemory create(size_t bytes);

    // That which a process of this place made, by what its handle() said.
    static SharedMemory open(const std::string& handle, size_t bytes);

    SharedMemory(SharedMemory&& other) noexcept;
    SharedMemory(const SharedMemory&) = delete;
    ~SharedMemory();

    char* data() const { return data_; }
    std::string handle() const;

    // Takes the pages of a stretch, zeros, from the memory near this thread. What was not reserved must not be touched: where the machine
    // has none left, that ends a process.
    void reserve(size_t from, size_t bytes);

    // Marks this process as one that is there, under a number, until the object or the process goes; the kernel takes the mark off.
    void hold(int number);
    bool is_held(int number) const;

private:
    SharedMemory(int fd, std::string token, size_t bytes);
    void map();

    int fd_;
    std::string token_;  // in the file's name
    size_t bytes_;
    char* data_ = nullptr;
};

}  // namespace resnetgen::group
