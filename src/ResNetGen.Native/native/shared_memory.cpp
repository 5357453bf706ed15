#include "shared_memory.h"

#if defined(__linux__) && defined(__LP64__)

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <random>

namespace resnetgen::group {

namespace {

// Files that may be made executable are refused on some machines; older kernels do not know the word.
constexpr unsigned no_execution = 0x8;

// A signal ends a reservation, and what it had: small steps come to an end among many signals.
constexpr size_t step = size_t(16) << 20;

[[noreturn]] void refuse(const std::string& what, int error) { throw Unavailable(what + ": " + std::strerror(error)); }

std::string size_text(double bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f MB", bytes / 1e6);
    return text;
}

std::string target_of(const std::string& link) {
    char text[PATH_MAX];
    const ssize_t length = ::readlink(link.c_str(), text, sizeof text);
    if (length < 0) refuse(link + " cannot be read", errno);
    return std::string(text, static_cast<size_t>(length));
}

std::string new_token() {
    std::random_device random;
    char text[33];
    std::snprintf(text, sizeof text, "%08x%08x%08x%08x", random(), random(), random(), random());
    return text;
}

std::string name_of(const std::string& token) { return "resnetgen-" + token; }

struct flock mark_of(int number) {
    struct flock mark {};
    mark.l_type = F_WRLCK;
    mark.l_whence = SEEK_SET;
    mark.l_start = number;
    mark.l_len = 1;
    return mark;
}

}  // namespace

// The kernel that runs now, and the namespaces of a container: a process of another one is not seen in /proc, and one with a network of its own
// is another machine to everybody else.
std::string SharedMemory::place() {
    std::string boot;
    std::getline(std::ifstream("/proc/sys/kernel/random/boot_id"), boot);
    if (boot.empty()) throw Unavailable("this system does not say which one it is (/proc/sys/kernel/random/boot_id)");
    return boot + ' ' + target_of("/proc/self/ns/pid") + ' ' + target_of("/proc/self/ns/net");
}

SharedMemory SharedMemory::create(size_t bytes) {
    // Above this limit the kernel would not refuse, but end the process.
    rlimit limit{};
    if (::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < bytes) {
        throw Unavailable(size_text(static_cast<double>(bytes)) + " are needed, and the limit for the size of a file (ulimit -f) is " + size_text(static_cast<double>(limit.rlim_cur)));
    }
    const std::string token = new_token();
    int fd = ::memfd_create(name_of(token).c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING | no_execution);
    if (fd < 0 && errno == EINVAL) fd = ::memfd_create(name_of(token).c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) refuse("a file in memory (memfd) cannot be made", errno);
    SharedMemory made(fd, token, bytes);
    if (::ftruncate(fd, static_cast<off_t>(bytes)) != 0) refuse(size_text(static_cast<double>(bytes)) + " cannot be had", errno);
    // Nobody makes it smaller under the others: touching what is gone would end them.
    if (::fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) refuse("its size cannot be sealed", errno);
    made.map();
    return made;
}

SharedMemory SharedMemory::open(const std::string& handle, size_t bytes) {
    const size_t space = handle.find(' ');
    const std::string path = handle.substr(0, space), token = space == std::string::npos ? "" : handle.substr(space + 1);
    // Looked at before it is opened: a number may be another process's by now.
    if (target_of(path).rfind("/memfd:" + name_of(token), 0) != 0) throw Unavailable(path + " is not the memory that was offered");
    const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0) refuse(path + " cannot be opened", errno);
    SharedMemory opened(fd, token, bytes);
    if (::lseek(fd, 0, SEEK_END) != static_cast<off_t>(bytes)) throw Unavailable(path + " has another size than was offered");
    opened.map();
    return opened;
}

SharedMemory::SharedMemory(int fd, std::string token, size_t bytes) : fd_(fd), token_(std::move(token)), bytes_(bytes) {}

SharedMemory::SharedMemory(SharedMemory&& other) noexcept : fd_(other.fd_), token_(std::move(other.token_)), bytes_(other.bytes_), data_(other.data_) {
    other.fd_ = -1;
    other.data_ = nullptr;
}

SharedMemory::~SharedMemory() {
    if (data_) ::munmap(data_, bytes_);
    if (fd_ >= 0) ::close(fd_);
}

void SharedMemory::map() {
    void* const mapped = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED, fd_, 0);
    if (mapped == MAP_FAILED) refuse(size_text(static_cast<double>(bytes_)) + " cannot be mapped", errno);
    data_ = static_cast<char*>(mapped);
}

std::string SharedMemory::handle() const { return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(fd_) + ' ' + token_; }

void SharedMemory::reserve(size_t from, size_t bytes) {
    for (size_t done = 0; done < bytes;) {
        const size_t length = std::min(step, bytes - done);
        if (::fallocate(fd_, 0, static_cast<off_t>(from + done), static_cast<off_t>(length)) == 0) done += length;
        else if (errno != EINTR) refuse(size_text(static_cast<double>(bytes)) + " for each process cannot be had", errno);
    }
}

// Of the open file, not of the process: other threads and files that are closed do not matter.
void SharedMemory::hold(int number) {
    struct flock mark = mark_of(number);
    if (::fcntl(fd_, F_OFD_SETLK, &mark) != 0) refuse("it cannot be locked", errno);
}

bool SharedMemory::is_held(int number) const {
    struct flock mark = mark_of(number);
    return ::fcntl(fd_, F_OFD_GETLK, &mark) != 0 || mark.l_type != F_UNLCK;
}

}  // namespace resnetgen::group

#else

namespace resnetgen::group {

namespace {

[[noreturn]] void refuse() { throw Unavailable("processes of this system share no memory here: that is written for 64-bit Linux"); }

}  // namespace

std::string SharedMemory::place() { refuse(); }
SharedMemory SharedMemory::create(size_t) { refuse(); }
SharedMemory SharedMemory::open(const std::string&, size_t) { refuse(); }
SharedMemory::SharedMemory(SharedMemory&& other) noexcept : fd_(other.fd_), bytes_(other.bytes_) {}
SharedMemory::~SharedMemory() = default;
std::string SharedMemory::handle() const { return {}; }
void SharedMemory::reserve(size_t, size_t) {}
void SharedMemory::hold(int) {}
bool SharedMemory::is_held(int) const { return true; }

}  // namespace resnetgen::group

#endif
